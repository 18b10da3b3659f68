package dev.sluice.log.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes from record to record of a batch without allocating anything; what is wanted of the record
 * it stands at is asked for. A record:
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
 *
 * Invariant OFFSETS-RISE: within a batch each offset is larger than the one before, so that who
 * goes on behind a record never meets it again, whatever a client has sent.
 */
final class RecordCursor {

  /** A record whose fields all take one byte. */
  static final int MIN_RECORD_BYTES = 7;

  private final ByteBuffer records;
  private final int end;
  private final int lastOffsetDelta;
  private int remaining;

  /** Where to read on. */
  private int at;

  /** Where the record ends that it stands at. */
  private int recordEnd;

  private long timestampDelta;
  private int offsetDeltaAt;
  private int offsetDelta = -1;
  private int keyAt;
  private int keyLength;
  private int valueAt;
  private int valueLength;

  /**
   * Stands before the first record.
   *
   * @param batch the batch that they are from
   * @param records the records, unpacked, from the position to the limit
   */
  RecordCursor(RecordBatch batch, ByteBuffer records) throws MalformedException {
    this.records = records;
    this.at = records.position();
    this.end = records.limit();
    this.lastOffsetDelta = batch.lastOffsetDelta();
    this.remaining = batch.count();
    if (remaining < 0 || remaining > (end - at) / MIN_RECORD_BYTES) {
      throw new MalformedException("it can't hold " + remaining + " records");
    }
    refuseRest();
  }

  /** Whether there is a record behind the one it stands at. */
  boolean hasNext() {
    return remaining > 0;
  }

  /** Goes to the next record, whose {@link #headers} must be read before the one after it. */
  void next() throws MalformedException {
    remaining--;
    recordEnd = end;
    int size = readInt();
    if (size <= 0 || size > end - at) {
      throw new MalformedException("a record ends behind its batch, or is empty");
    }
    recordEnd = at + size;
    at++; // Attributes that mean nothing.
    timestampDelta = readLong();
    offsetDeltaAt = at;
    int delta = readInt();
    if (delta <= offsetDelta || delta > lastOffsetDelta) {
      throw new MalformedException("a record's offset is outside its batch, or does not rise");
    }
    offsetDelta = delta;
    keyLength = readLength();
    keyAt = at;
    at += Math.max(keyLength, 0);
    valueLength = readLength();
    valueAt = at;
    at += Math.max(valueLength, 0);
  }

  /** Between two records, where one ends and the next one begins. */
  int place() {
    return at;
  }

  /** Where the record's offset delta begins: what is from there on does not depend on its time. */
  int offsetDeltaPlace() {
    return offsetDeltaAt;
  }

  long timestampDelta() {
    return timestampDelta;
  }

  int offsetDelta() {
    return offsetDelta;
  }

  boolean hasKey() {
    return keyLength >= 0;
  }

  /** A view of the key. */
  @Nullable ByteBuffer key() {
    return keyLength < 0 ? null : records.slice(keyAt, keyLength);
  }

  /** A view of the value. */
  @Nullable ByteBuffer value() {
    return valueLength < 0 ? null : records.slice(valueAt, valueLength);
  }

  /** Reads the headers and with them the end of the record: to be called once for each record. */
  List<RecordHeader> headers() throws MalformedException {
    int count = readInt();
    // A header takes two bytes at least: a larger count is a lie that must not cost memory.
    if (count < 0 || count > (recordEnd - at) / 2) {
      throw new MalformedException("a record can't have " + count + " headers");
    }
    List<RecordHeader> headers = count == 0 ? List.of() : headers(count);
    if (at < recordEnd) {
      throw new MalformedException("a record is shorter than its length says");
    }
    refuseRest();
    return headers;
  }

  private List<RecordHeader> headers(int count) throws MalformedException {
    RecordHeader[] headers = new RecordHeader[count];
    for (int i = 0; i < count; i++) {
      byte[] key = readBytes();
      if (key == null) {
        throw new MalformedException("a header without a key");
      }
      headers[i] = new RecordHeader(new String(key, UTF_8), readBytes());
    }
    return Collections.unmodifiableList(Arrays.asList(headers));
  }

  private void refuseRest() throws MalformedException {
    if (remaining == 0 && at < end) {
      throw new MalformedException((end - at) + " bytes follow its last record");
    }
  }

  private byte @Nullable [] readBytes() throws MalformedException {
    int length = readLength();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    records.get(at, bytes);
    at += length;
    return bytes;
  }

  /** The length of a field that is within the record, or -1. */
  private int readLength() throws MalformedException {
    int length = readInt();
    if (length < -1 || length > recordEnd - at) {
      throw new MalformedException("a field ends behind its record");
    }
    return length;
  }

  /** A zigzag number of at most five bytes, seven bits a byte, least significant first. */
  private int readInt() throws MalformedException {
    byte first = readByte();
    if (first >= 0) {
      return (first >>> 1) ^ -(first & 1);
    }
    int zigzag = first & 0x7f;
    for (int shift = 7; shift < 35; shift += 7) {
      byte next = readByte();
      zigzag |= (next & 0x7f) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new MalformedException("a number has too many bytes");
  }

  /** The same of at most ten bytes. */
  private long readLong() throws MalformedException {
    byte first = readByte();
    if (first >= 0) {
      return (first >>> 1) ^ -(first & 1);
    }
    long zigzag = first & 0x7f;
    for (int shift = 7; shift < 70; shift += 7) {
      byte next = readByte();
      zigzag |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new MalformedException("a number has too many bytes");
  }

  private byte readByte() throws MalformedException {
    if (at == recordEnd) {
      throw new MalformedException("a number ends behind its record");
    }
    return records.get(at++);
  }
}
