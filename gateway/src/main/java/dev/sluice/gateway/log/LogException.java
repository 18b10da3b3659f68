package dev.sluice.gateway.log;

import org.jspecify.annotations.Nullable;

/** Why the log refused or failed. The message names topic and partition and says what to do. */
public final class LogException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of trouble; HTTP status and retry decisions derive from these. */
  public enum Code {
    /** There is no such topic or partition. */
    UNKNOWN_TOPIC(false),
    /** A topic of this name is there already. */
    TOPIC_EXISTS(false),
    /** Name or partition count are not allowed. */
    INVALID_TOPIC(false),
    /** The offset is below the start or beyond the end of the partition. */
    OFFSET_OUT_OF_RANGE(false),
    /** A record or batch is larger than the limit. */
    TOO_LARGE(false),
    /**
     * The topic does not take such a record, as one without a key if it keeps the latest per key.
     */
    INVALID_RECORD(false),
    /** The disk is full; appends go on by themselves once there is space. */
    DISK_FULL(true),
    /** An append that had to be stored before this one was not. */
    PREDECESSOR_FAILED(true),
    /** The partition is offline after an I/O error or found corrupt. */
    PARTITION_OFFLINE(true),
    /**
     * What is stored at this place can't be read, while the partition goes on: its other places can
     * be read, and it takes records.
     */
    PLACE_DAMAGED(true),
    /** A consumer group has members, whose business its positions are. */
    GROUP_IN_USE(true),
    /**
     * A transaction can't go on: another producer has taken over, it took too long, or it is not
     * known how it ended. A producer that is opened anew can go on.
     */
    TRANSACTION_LOST(false),
    /** The log is shutting down. */
    CLOSED(true),
    /** Anything else, a defect. */
    INTERNAL(false);

    private final boolean retriable;

    Code(boolean retriable) {
      this.retriable = retriable;
    }

    /** Whether the same request may succeed later. */
    public boolean retriable() {
      return retriable;
    }
  }

  private final Code code;

  public LogException(Code code, String message) {
    this(code, message, null);
  }

  public LogException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** Whether only a partition, or a place of it, can't be read: a reader of several goes on. */
  public boolean isUnreadable() {
    return code == Code.PARTITION_OFFLINE || code == Code.PLACE_DAMAGED;
  }
}
