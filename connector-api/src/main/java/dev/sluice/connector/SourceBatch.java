package dev.sluice.connector;

import java.util.List;

/**
 * What one poll brought. Records become durable first, rejected ones with them, then the positions,
 * then the task hears of it.
 *
 * @param records records for topics, in order
 * @param rejected raw input that could not become a record, for the dead-letter topic
 * @param positions where to go on once this batch is durable
 */
public record SourceBatch(
    List<SourceRecord> records, List<RejectedInput> rejected, List<SourcePosition> positions) {

  /** A batch without rejected input. */
  public SourceBatch(List<SourceRecord> records, List<SourcePosition> positions) {
    this(records, List.of(), positions);
  }
}
