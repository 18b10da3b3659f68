package dev.sluice.gateway.rest.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Parameters;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of requests that move positions, and their answers. */
final class ResetJson {

  private ResetJson() {}

  /** Where to move which positions. */
  @Schema(name = "OffsetReset", description = "Where to move which positions of a group.")
  record Wanted(
      @Schema(
              description = "earliest, latest, time, shift or offset.",
              examples = "time",
              enumeration = {"earliest", "latest", "time", "shift", "offset"})
          @Nullable String to,
      @Schema(
              description =
                  "For `time`: ISO 8601 with a zone, or milliseconds since the epoch; the first"
                      + " record with this time or a later one is read next.",
              examples = "2026-01-01T00:00:00Z")
          @Nullable String time,
      @Schema(description = "For `shift`: by so many records, back if negative.", examples = "-100")
          @Nullable Long by,
      @Schema(description = "For `offset`: the next offset to read.", examples = "42")
          @Nullable Long offset,
      @Schema(description = "The topics or partitions to move; all of the group if absent.")
          @Nullable List<@Nullable Choice> partitions) {

    /**
     * The target that is meant.
     *
     * @throws ApiException naming the member that is missing or wrong
     */
    ResetTarget target() {
      return switch (to) {
        case "earliest" -> new ResetTarget.Earliest();
        case "latest" -> new ResetTarget.Latest();
        case "time" -> new ResetTarget.Time(millis());
        case "shift" -> new ResetTarget.Shift(required("/by", by, Long.MIN_VALUE));
        case "offset" -> new ResetTarget.Offset(required("/offset", offset, 0));
        case null, default ->
            throw ApiException.invalid(
                "/to",
                "It is not said where to move the positions.",
                "Give earliest, latest, time, shift or offset.");
      };
    }

    private long millis() {
      OptionalLong millis = time == null ? OptionalLong.empty() : Parameters.timestampMillis(time);
      return millis.orElseThrow(
          () ->
              ApiException.invalid(
                  "/time",
                  "The time is missing or is none.",
                  "Give ISO 8601 with a zone, such as 2026-01-01T00:00:00Z."));
    }

    private static long required(String path, @Nullable Long number, long min) {
      if (number == null || number < min) {
        throw ApiException.invalid(
            path, "The number is missing or too small.", "Give a whole number.");
      }
      return number;
    }
  }

  /** A topic or a partition of it. */
  @Schema(name = "PartitionChoice", description = "A topic, or one partition of it.")
  record Choice(
      @Schema(examples = "orders") @Nullable String topic,
      @Schema(description = "All if absent.", examples = "0") @Nullable Integer partition) {}

  /** What would be changed. */
  @Schema(name = "OffsetPlan", description = "What a reset would change.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Plan(
      List<Change> changes,
      @Schema(description = "Chosen partitions that stay where they are.") int unchanged,
      @Schema(description = "Records that would be read a second time.") long again,
      @Schema(description = "Records that would never be read.") long skipped,
      @Schema(description = "Why it can't be done now; absent when it can.")
          @Nullable Blocked blocked) {

    static Plan of(ResetPlan plan, @Nullable Blocked blocked) {
      return new Plan(
          plan.changes().stream().map(Change::of).toList(),
          plan.unchanged(),
          plan.changes().stream().mapToLong(ResetPlan.Change::again).sum(),
          plan.changes().stream().mapToLong(ResetPlan.Change::skipped).sum(),
          blocked);
    }
  }

  /** A position that would move. */
  @Schema(name = "OffsetChange", description = "A position that would move.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Change(
      @Schema(examples = "orders") String topic,
      @Schema(examples = "0") int partition,
      @Schema(description = "Where it is; absent if none was committed.") @Nullable Long from,
      @Schema(description = "Where it goes.") long to,
      long startOffset,
      long endOffset,
      @Schema(description = "Whether the log does not reach as far as was asked for.")
          boolean clamped,
      @Schema(description = "Records that would be read a second time.") long again,
      @Schema(description = "Records that would never be read.") long skipped) {

    static Change of(ResetPlan.Change change) {
      return new Change(
          change.partition().topic(),
          change.partition().partition(),
          change.from(),
          change.to(),
          change.start(),
          change.end(),
          change.isClamped(),
          change.again(),
          change.skipped());
    }
  }

  /** Why positions can't be moved now. */
  @Schema(name = "OffsetsBlocked", description = "Why positions can't be moved now.")
  record Blocked(
      @Schema(examples = "group-in-use") String code,
      @Schema(description = "What stands in the way.") String detail,
      @Schema(description = "What to do.") String suggestion) {

    ApiException toException() {
      return ApiException.conflict(code, detail, suggestion);
    }
  }

  /** A plan to carry out. */
  @Schema(
      name = "OffsetMoves",
      description = "What a plan proposed, with what it has seen: `from` must still hold.")
  record Moves(@Nullable List<@Nullable Move> changes) {}

  /** One position to move. */
  @Schema(name = "OffsetMove", description = "A position to move.")
  record Move(
      @Schema(examples = "orders") @Nullable String topic,
      @Schema(examples = "0") @Nullable Integer partition,
      @Schema(description = "Where it is by the plan; absent if none was committed.")
          @Nullable Long from,
      @Schema(description = "Where it goes.", examples = "0") @Nullable Long to) {}
}
