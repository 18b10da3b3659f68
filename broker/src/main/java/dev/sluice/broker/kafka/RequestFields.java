package dev.sluice.broker.kafka;

import java.io.Serial;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Readable;

/**
 * Reads a request field by field, and counts them. A field of a byte or two becomes objects of many
 * bytes, so a request of few megabytes could fill the heap: from some number of fields on they are
 * charged to the common budget, and there is a limit to how many a request has.
 *
 * <p>The generated readers make room for an array as soon as its length is announced, if only as
 * many bytes as elements remain; so {@link #remaining} is never more than the fields that are left.
 */
final class RequestFields extends ByteBufferAccessor {

  /** A full Fetch of 100,000 partitions has about as many. */
  static final int MAX_FIELDS = 1_000_000;

  /** Fields that cost nothing, and are charged at a time after that. */
  private static final int STEP = 256;

  /** About what a field holds on the heap, with its share of the object that it is in. */
  private static final int BYTES_PER_FIELD = 48;

  /** A request has too many fields. */
  static final class TooManyException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    TooManyException() {
      super("It has more than " + MAX_FIELDS + " fields");
    }
  }

  /** There is no memory for a request's fields. */
  static final class NoMemoryException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    NoMemoryException() {
      super("No memory was free for a request of many fields");
    }
  }

  private final RequestMemory.Charge charge;
  private int free = STEP;
  private int left = MAX_FIELDS;

  RequestFields(ByteBuffer bytes, RequestMemory.Charge charge) {
    super(bytes);
    this.charge = charge;
  }

  private void count() {
    if (left-- == 0) {
      throw new TooManyException();
    }
    if (free-- == 0) {
      free = STEP - 1;
      chargeStep();
    }
  }

  private void chargeStep() {
    try {
      if (charge.add(STEP * BYTES_PER_FIELD)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new NoMemoryException();
  }

  @Override
  public int remaining() {
    return Math.min(super.remaining(), left);
  }

  @Override
  public byte readByte() {
    count();
    return super.readByte();
  }

  @Override
  public short readShort() {
    count();
    return super.readShort();
  }

  @Override
  public int readInt() {
    count();
    return super.readInt();
  }

  @Override
  public long readLong() {
    count();
    return super.readLong();
  }

  @Override
  public double readDouble() {
    count();
    return super.readDouble();
  }

  @Override
  public int readUnsignedVarint() {
    count();
    return super.readUnsignedVarint();
  }

  @Override
  public int readVarint() {
    count();
    return super.readVarint();
  }

  @Override
  public long readVarlong() {
    count();
    return super.readVarlong();
  }

  @Override
  public byte[] readArray(int size) {
    count();
    return super.readArray(size);
  }

  @Override
  public ByteBuffer readByteBuffer(int length) {
    count();
    return super.readByteBuffer(length);
  }

  @Override
  public Readable slice() {
    throw new UnsupportedOperationException("A request is read in one go");
  }
}
