package dev.sluice.source.debezium;

import dev.sluice.connector.CaptureState;
import dev.sluice.connector.CaptureState.Phase;
import dev.sluice.connector.CaptureState.Reason;
import dev.sluice.connector.CaptureState.Slot;
import dev.sluice.connector.CaptureState.Status;
import dev.sluice.connector.CaptureState.TableSnapshot;
import dev.sluice.connector.SourcePosition;
import io.debezium.engine.ChangeEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Learns from the events themselves how far the capture has come: an event of a snapshot says so in
 * its source block, and each position names the tables that a requested snapshot has yet to read.
 * So it can't tell more than was handed over. Thread-safe.
 */
final class CaptureProgress {

  /** How the snapshot of one table stands; guarded by the progress' monitor. */
  private static final class Table {
    private final Reason reason;
    private final @Nullable Long estimatedRows;
    private Status status = Status.WAITING;
    private long rows;
    private @Nullable String note;

    private Table(Reason reason, @Nullable Long estimatedRows) {
      this.reason = reason;
      this.estimatedRows = estimatedRows;
    }

    private boolean open() {
      return status == Status.WAITING || status == Status.READING;
    }
  }

  /** At most so many tables are named: the state is shown as a whole, again and again. */
  static final int NAMED_TABLES = 1_000;

  private final Clock clock;

  // Guarded by this object's monitor.
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private List<String> capturedTables = List.of();
  private Phase phase = Phase.STARTING;
  private @Nullable String requestedTables;
  private @Nullable String position;
  private @Nullable Instant lastChangeAt;
  private @Nullable Instant lastEventAt;
  private @Nullable Slot slot;

  CaptureProgress(Clock clock) {
    this.clock = clock;
  }

  /** These tables are captured. */
  synchronized void captures(List<CapturedTable> captured) {
    capturedTables = captured.stream().limit(NAMED_TABLES).map(CapturedTable::qualified).toList();
  }

  /** The rows of these tables are about to be read before streaming starts. */
  synchronized void initialSnapshot(List<CapturedTable> captured) {
    phase = Phase.SNAPSHOT;
    for (CapturedTable table : captured) {
      tables.put(table.qualified(), new Table(Reason.INITIAL, table.estimatedRows()));
    }
  }

  /** The rows of these tables will come among the changes. */
  synchronized void requestedSnapshot(List<CapturedTable> requested) {
    for (CapturedTable table : requested) {
      tables.remove(table.qualified());
      tables.put(table.qualified(), new Table(Reason.REQUESTED, table.estimatedRows()));
    }
  }

  /** The engine goes on behind a stored position. */
  synchronized void resumed(SourcePosition from) {
    Map<String, Object> offset = from.offset();
    if (offset != null && !RequestedTables.readsRowsFirst(offset)) {
      phase = Phase.STREAMING;
      standing(offset);
    }
  }

  /** Takes what the engine is about to hand over; on its polling thread. */
  synchronized void observe(List<ChangeEvent<byte[], byte[]>> events) {
    for (ChangeEvent<byte[], byte[]> event : events) {
      if (EventMapper.connectRecord(event).value() instanceof Struct value
          && value.schema().field("source") != null) {
        change(value);
      }
    }
    if (!events.isEmpty()) {
      lastEventAt = clock.instant();
      standing(EventMapper.connectRecord(events.getLast()).sourceOffset());
    }
  }

  private void change(Struct value) {
    Struct source = value.getStruct("source");
    Long millis = source.getInt64("ts_ms");
    if (millis != null) {
      lastChangeAt = Instant.ofEpochMilli(millis);
    }
    if (value.schema().field("op") == null || !"r".equals(value.getString("op"))) {
      return;
    }
    boolean requested = "incremental".equals(source.getString("snapshot"));
    String name = source.getString("schema") + "." + source.getString("table");
    Table table = tables.get(name);
    if (table == null || (table.reason == Reason.REQUESTED) != requested) {
      table = new Table(requested ? Reason.REQUESTED : Reason.INITIAL, null);
      tables.put(name, table);
    }
    table.rows++;
    if (table.status == Status.WAITING) {
      if (!requested) {
        finishReading();
      }
      table.status = Status.READING;
    }
  }

  /** The initial snapshot reads one table after the other. */
  private void finishReading() {
    tables.values().stream()
        .filter(table -> table.reason == Reason.INITIAL && table.status == Status.READING)
        .forEach(table -> table.status = Status.DONE);
  }

  private void standing(Map<String, ?> offset) {
    if (offset.get("lsn") instanceof Number lsn) {
      position = LogSequenceNumber.valueOf(lsn.longValue()).asString();
    }
    if (RequestedTables.readsRowsFirst(offset)) {
      phase = Phase.SNAPSHOT;
      return;
    }
    phase = Phase.STREAMING;
    tables.values().stream()
        .filter(table -> table.reason == Reason.INITIAL && table.open())
        .forEach(table -> table.status = Status.DONE);
    requested(offset);
  }

  private void requested(Map<String, ?> offset) {
    String written = RequestedTables.written(offset);
    if (Objects.equals(written, requestedTables)) {
      return;
    }
    requestedTables = written;
    List<String> left = RequestedTables.of(offset);
    for (String name : left) {
      Table known = tables.get(name);
      if (known == null || known.reason != Reason.REQUESTED) {
        Table resumed = new Table(Reason.REQUESTED, null);
        resumed.note = "Goes on where it was before the start.";
        tables.put(name, resumed);
      }
    }
    if (!left.isEmpty()) {
      Table first = Objects.requireNonNull(tables.get(left.getFirst()));
      first.status = first.open() ? Status.READING : first.status;
    }
    Set<String> open = Set.copyOf(left);
    tables.forEach(
        (name, table) -> {
          boolean begun = table.reason == Reason.REQUESTED && table.open();
          if (begun && !open.contains(name)) {
            table.status = Status.DONE;
          }
        });
  }

  /** A table could not be read, and is passed over. */
  synchronized void failed(String name, String why) {
    Table table = tables.computeIfAbsent(name, unseen -> new Table(Reason.REQUESTED, null));
    table.status = Status.FAILED;
    table.note = why;
  }

  synchronized void slot(Slot seen) {
    slot = seen;
  }

  synchronized CaptureState state() {
    return new CaptureState(
        phase, capturedTables, snapshots(), position, lastChangeAt, lastEventAt, slot);
  }

  /**
   * If there are too many, those that were done first are left out first, and then the last ones.
   */
  private List<TableSnapshot> snapshots() {
    List<TableSnapshot> named = new ArrayList<>();
    int surplus = tables.size() - NAMED_TABLES;
    for (Map.Entry<String, Table> entry : tables.entrySet()) {
      Table table = entry.getValue();
      if (surplus > 0 && table.status == Status.DONE) {
        surplus--;
      } else if (named.size() < NAMED_TABLES) {
        named.add(
            new TableSnapshot(
                entry.getKey(),
                table.reason,
                table.status,
                table.rows,
                table.estimatedRows,
                table.note));
      }
    }
    return named;
  }
}
