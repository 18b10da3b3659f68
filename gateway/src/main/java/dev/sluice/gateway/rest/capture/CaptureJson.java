package dev.sluice.gateway.rest.capture;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.connector.CaptureState;
import dev.sluice.connector.CaptureState.Phase;
import dev.sluice.connector.CaptureState.Reason;
import dev.sluice.connector.CaptureState.Slot;
import dev.sluice.connector.CaptureState.Status;
import dev.sluice.connector.CaptureState.TableSnapshot;
import dev.sluice.gateway.connect.CaptureView;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A change capture as it is answered. */
@Schema(name = "Capture", description = "How far a source that captures changes has come.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureJson(
    @Schema(examples = "shop") String connector,
    TargetState target,
    @Schema(description = "Unless it is RUNNING, the rest is the last that was known.")
        TaskState state,
    @Schema(description = "Absent until it has connected once since the gateway started.")
        @Nullable CaptureStateJson capture) {

  /** How far it has come. */
  @Schema(name = "CaptureState", description = "How far a capture has come.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaptureStateJson(
      @Schema(
              description = "What it does now.",
              enumeration = {"starting", "snapshot", "streaming"},
              examples = "streaming")
          String phase,
      @Schema(
              description =
                  "Captured tables that were there at the start, as schema.table; of very many only"
                      + " some.",
              examples = "[\"public.orders\"]")
          List<String> tables,
      @Schema(
              description =
                  "Tables that were or are being read as a whole, in that order; of very many only"
                      + " some.")
          List<SnapshotJson> snapshots,
      @Schema(
              description = "Where it stands in the database's log, in the database's words.",
              examples = "0/1A2B3C8")
          @Nullable String position,
      @Schema(description = "When the newest change was committed, by the database's clock.")
          @Nullable Instant lastChangeAt,
      @Schema(description = "When something, be it a sign of life, came last.")
          @Nullable Instant lastEventAt,
      @Nullable SlotJson slot) {

    static CaptureStateJson of(CaptureState state) {
      Slot slot = state.slot();
      return new CaptureStateJson(
          word(state.phase()),
          state.tables(),
          state.snapshots().stream().map(SnapshotJson::of).toList(),
          state.position(),
          state.lastChangeAt(),
          state.lastEventAt(),
          slot == null ? null : SlotJson.of(slot));
    }
  }

  /** The snapshot of a table. */
  @Schema(name = "TableSnapshot", description = "How far a table that is read as a whole is.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SnapshotJson(
      @Schema(examples = "public.orders") String table,
      @Schema(
              description = "Before streaming, or because somebody asked.",
              enumeration = {"initial", "requested"})
          String reason,
      @Schema(enumeration = {"waiting", "reading", "done", "failed"}) String status,
      @Schema(description = "Rows handed over since the gateway or the snapshot began.") long rows,
      @Schema(description = "About how many the table has; absent if the database does not know.")
          @Nullable Long estimatedRows,
      @Schema(description = "What people should know, such as why it failed.")
          @Nullable String note) {

    static SnapshotJson of(TableSnapshot table) {
      return new SnapshotJson(
          table.table(),
          word(table.reason()),
          word(table.status()),
          table.rows(),
          table.estimatedRows(),
          table.note());
    }
  }

  /** What the database keeps. */
  @Schema(name = "ReplicationSlot", description = "What the database keeps until it is confirmed.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SlotJson(
      @Schema(examples = "sluice_shop") String name,
      @Schema(description = "Whether somebody reads from it.") boolean active,
      @Schema(description = "How much of the database's log is not confirmed, in bytes.")
          long lagBytes,
      @Schema(description = "How much of it the database must keep on disk, in bytes.")
          long retainedBytes,
      @Schema(description = "The database's word for how safe that is.", examples = "reserved")
          @Nullable String status,
      @Schema(description = "When this was seen; it is looked at every ten seconds.") Instant at) {

    static SlotJson of(Slot slot) {
      return new SlotJson(
          slot.name(),
          slot.active(),
          slot.lagBytes(),
          slot.retainedBytes(),
          slot.status(),
          slot.at());
    }
  }

  /** How far a connector's capture has come, as it is seen now. */
  public static CaptureJson of(String connector, CaptureView view) {
    return new CaptureJson(
        connector,
        view.target(),
        view.state(),
        view.capture().map(CaptureStateJson::of).orElse(null));
  }

  private static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
