package dev.sluice.log.record;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Decodes the records of a batch as they are asked for. Having thrown, it is at its end. */
final class RecordIterator implements Iterator<LogRecord> {

  private final RecordBatch batch;
  private final RecordCursor cursor;
  private final long baseOffset;
  private final long baseTimestampMillis;
  private final boolean hasOneTimestamp;
  private boolean hasFailed;

  /** Reads from the position of {@code records} to its limit. */
  RecordIterator(RecordBatch batch, ByteBuffer records) throws MalformedException {
    this.batch = batch;
    this.cursor = new RecordCursor(batch, records);
    this.baseOffset = batch.baseOffset();
    this.hasOneTimestamp = batch.timestampType() == TimestampType.APPEND_TIME;
    this.baseTimestampMillis =
        hasOneTimestamp ? batch.maxTimestampMillis() : batch.baseTimestampMillis();
  }

  @Override
  public boolean hasNext() {
    return cursor.hasNext() && !hasFailed;
  }

  @Override
  public LogRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      cursor.next();
      return new LogRecord(
          baseOffset + cursor.offsetDelta(),
          baseTimestampMillis + (hasOneTimestamp ? 0 : cursor.timestampDelta()),
          cursor.key(),
          cursor.value(),
          cursor.headers());
    } catch (MalformedException e) {
      hasFailed = true;
      throw BatchProblems.corrupt(batch, e);
    }
  }
}
