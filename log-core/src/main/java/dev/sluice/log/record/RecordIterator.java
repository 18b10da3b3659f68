package dev.sluice.log.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of a batch. A record:
 *
 * <pre>
 * varint  length of what follows
 * int8    attributes, unused
 * varlong timestamp delta      from the batch's base timestamp
 * varint  offset delta         from the batch's base offset
 * varint  key length, or -1; key
 * varint  value length, or -1; value
 * varint  header count; each: varint key length, key (UTF-8), varint value length or -1, value
 * </pre>
 */
final class RecordIterator implements Iterator<LogRecord> {

  private final RecordBatch batch;
  private final ByteBuffer records;
  private int remaining;

  /** Reads from the position of {@code records} to its limit. */
  RecordIterator(RecordBatch batch, ByteBuffer records) {
    this.batch = batch;
    this.records = records;
    this.remaining = batch.count();
    if (remaining < 0) {
      throw BatchProblems.corrupt("negative record count");
    }
  }

  @Override
  public boolean hasNext() {
    return remaining > 0;
  }

  @Override
  public LogRecord next() {
    if (remaining == 0) {
      throw new NoSuchElementException();
    }
    remaining--;
    int size = Varints.readInt(records);
    if (size < 0 || size > records.remaining()) {
      throw BatchProblems.corrupt("a record ends behind its batch");
    }
    int end = records.position() + size;
    LogRecord next = decode(records.duplicate().limit(end));
    records.position(end);
    if (remaining == 0 && records.hasRemaining()) {
      throw BatchProblems.corrupt(records.remaining() + " bytes follow the last record");
    }
    return next;
  }

  private LogRecord decode(ByteBuffer body) {
    if (!body.hasRemaining()) {
      throw BatchProblems.corrupt("an empty record");
    }
    byte unusedAttributes = body.get();
    long timestampDelta = Varints.readLong(body);
    int offsetDelta = Varints.readInt(body);
    if (offsetDelta < 0 || offsetDelta > batch.lastOffsetDelta()) {
      throw BatchProblems.corrupt("a record's offset is outside its batch");
    }
    ByteBuffer key = view(body);
    ByteBuffer value = view(body);
    List<RecordHeader> headers = headers(body);
    if (body.hasRemaining()) {
      throw BatchProblems.corrupt("a record is shorter than its length says");
    }
    long timestamp =
        batch.isLogAppendTime()
            ? batch.maxTimestampMillis()
            : batch.baseTimestampMillis() + timestampDelta;
    return new LogRecord(batch.baseOffset() + offsetDelta, timestamp, key, value, headers);
  }

  private static List<RecordHeader> headers(ByteBuffer body) {
    int count = Varints.readInt(body);
    if (count == 0) {
      return List.of();
    }
    // A header takes two bytes at least: a larger count is a lie that must not cost memory.
    if (count < 0 || count > body.remaining() / 2) {
      throw BatchProblems.corrupt("impossible header count " + count);
    }
    List<RecordHeader> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] key = bytes(body);
      if (key == null) {
        throw BatchProblems.corrupt("a header without a key");
      }
      headers.add(new RecordHeader(new String(key, UTF_8), bytes(body)));
    }
    return List.copyOf(headers);
  }

  private static @Nullable ByteBuffer view(ByteBuffer body) {
    int length = length(body);
    if (length < 0) {
      return null;
    }
    ByteBuffer view = body.slice(body.position(), length);
    body.position(body.position() + length);
    return view;
  }

  private static byte @Nullable [] bytes(ByteBuffer body) {
    int length = length(body);
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }

  private static int length(ByteBuffer body) {
    int length = Varints.readInt(body);
    if (length < -1 || length > body.remaining()) {
      throw BatchProblems.corrupt("a field ends behind its record");
    }
    return length;
  }
}
