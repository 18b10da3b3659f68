package dev.sluice.log.partition;

import dev.sluice.log.record.RecordBatch;
import java.util.List;

/**
 * What a read brought.
 *
 * @param batches whole batches with valid checksums; the first may begin before the offset that was
 *     asked for
 * @param nextOffset where to read on
 * @param highWatermark the offset behind the last visible record, when the read was made
 */
public record ReadResult(List<RecordBatch> batches, long nextOffset, long highWatermark) {}
