package dev.sluice.log.check;

import dev.sluice.log.StorageException;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.segment.BatchInfo;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Looks into batches whose framing and checksum are right. */
final class BatchCheck {

  private static final String CURE =
      "Readers that decode this batch fail there, others don't; look for a defect in the program that"
          + " wrote it";

  private final Findings findings;
  private final BatchReader reader = new BatchReader();
  private long records;

  BatchCheck(Findings findings) {
    this.findings = findings;
  }

  /** Records that were decoded so far. */
  long records() {
    return records;
  }

  /** Checks header and records; answers the batch, valid until the next call, if it was read. */
  @Nullable RecordBatch check(StorageFile file, Path path, BatchInfo info) throws IOException {
    if (info.sizeBytes() > BatchReader.MAX_BYTES) {
      findings.note(
          path,
          info.position(),
          "The records of a batch of " + info.sizeBytes() + " bytes were not looked at",
          "Nothing; its checksum is right");
      return null;
    }
    RecordBatch batch = reader.read(file, info);
    int count = batch.count();
    if (count < 0 || batch.lastOffsetDelta() < count - 1) {
      findings.error(
          path,
          info.position(),
          "A batch of " + count + " records claims " + (batch.lastOffsetDelta() + 1L) + " offsets",
          CURE);
    } else {
      decode(batch, path, info);
    }
    return batch;
  }

  private void decode(RecordBatch batch, Path path, BatchInfo info) {
    long next = info.baseOffset();
    long maxTimestamp = Long.MIN_VALUE;
    try {
      for (LogRecord record : batch.records(BatchReader.MAX_BYTES)) {
        if (record.offset() < next) {
          warn(path, info, "a record's offset " + record.offset() + " is not above the one before");
        }
        next = record.offset() + 1;
        maxTimestamp = Math.max(maxTimestamp, record.timestampMillis());
        records++;
      }
    } catch (StorageException e) {
      warn(path, info, String.valueOf(e.getMessage()));
      return;
    }
    if (batch.count() > 0 && maxTimestamp != info.maxTimestampMillis()) {
      warn(
          path,
          info,
          "its header says that its largest timestamp is "
              + info.maxTimestampMillis()
              + ", but it is "
              + maxTimestamp);
    }
  }

  private void warn(Path path, BatchInfo info, String problem) {
    findings.warning(
        path,
        info.position(),
        "The batch of offsets "
            + info.baseOffset()
            + " to "
            + info.lastOffset()
            + " is as it was written, but malformed: "
            + problem,
        CURE);
  }
}
