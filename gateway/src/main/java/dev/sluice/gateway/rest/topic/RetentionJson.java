package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.Units;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How long records are kept, written as in the configuration file.
 *
 * @param consumed true, or a list of groups
 */
@Schema(name = "Retention", description = "How long records are kept; without any limit, forever.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionJson(
    @Schema(
            description = "Records older than this may be deleted: a number and ms, s, m, h or d.",
            pattern = Units.DURATION_PATTERN,
            examples = "7d")
        @Nullable String time,
    @Schema(
            description =
                "The oldest records of a partition are deleted while it is larger: a number and B,"
                    + " KiB, MiB, GiB, TiB, KB, MB, GB or TB.",
            pattern = Units.SIZE_PATTERN,
            examples = "10GiB")
        @Nullable String size,
    @Schema(
            description =
                "Records are deleted once read: by all groups that have ever read the topic and"
                    + " all sinks and rules that are to (true), or by the groups in this list.",
            anyOf = {Boolean.class, String[].class},
            examples = "true")
        @Nullable Object consumed) {

  /** The retention as people would write it. */
  public static RetentionJson of(Retention retention) {
    Duration time = retention.time();
    Long size = retention.sizeBytes();
    Readers consumed = retention.consumed();
    return new RetentionJson(
        time == null ? null : Units.format(time),
        size == null ? null : Units.formatSize(size),
        consumed == null ? null : groups(consumed));
  }

  private static Object groups(Readers readers) {
    return readers.isAll() ? true : List.copyOf(readers.groups());
  }
}
