package dev.sluice.source.file;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects one batch. Not thread-safe. */
final class BatchBuilder {

  private final FileOptions.Limits limits;
  private final Long timestampMillis;
  private final List<SourceRecord> records;
  private final List<RejectedInput> rejected = new ArrayList<>();
  private final Map<Map<String, Object>, SourcePosition> positions = new LinkedHashMap<>();
  private long bytes;

  /**
   * An empty batch.
   *
   * @param timestampMillis the time that all its records get
   * @param expectedRecords how many records to make room for
   */
  BatchBuilder(FileOptions.Limits limits, long timestampMillis, int expectedRecords) {
    this.limits = limits;
    this.timestampMillis = timestampMillis;
    this.records = new ArrayList<>(expectedRecords);
  }

  boolean full() {
    return bytes >= limits.batchBytes()
        || records.size() + rejected.size() >= limits.batchRecords();
  }

  int recordCount() {
    return records.size();
  }

  void add(Object value, int sizeBytes, Map<String, String> attributes) {
    records.add(new SourceRecord(timestampMillis, null, value, List.of(), attributes));
    bytes += sizeBytes;
  }

  void reject(byte[] raw, ConnectorException error, Map<String, String> place) {
    rejected.add(new RejectedInput(raw, error, place));
    bytes += raw.length;
  }

  /** Sets where a partition stands; a later call for the same partition replaces an earlier one. */
  void position(Map<String, Object> partition, @Nullable Map<String, Object> offset) {
    positions.put(partition, new SourcePosition(partition, offset));
  }

  Optional<SourceBatch> build() {
    return records.isEmpty() && rejected.isEmpty() && positions.isEmpty()
        ? Optional.empty()
        : Optional.of(new SourceBatch(records, rejected, List.copyOf(positions.values())));
  }
}
