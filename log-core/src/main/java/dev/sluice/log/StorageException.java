package dev.sluice.log;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why the log refused or failed. The message says what is wrong, where (file and byte position, if
 * it is about a file) and what to do.
 */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose business the trouble is. */
  public enum Category {
    /** The caller asked for something that can't be. */
    USER,
    /** A setting is wrong. */
    CONFIGURATION,
    /** Disk, space or files of the machine. */
    RESOURCE,
    /** A defect of this library. */
    INTERNAL
  }

  /** The kinds of trouble. */
  public enum Code {
    /** The offset is below the log start or beyond the log end. */
    OFFSET_OUT_OF_RANGE(Category.USER, false),
    /** The bytes are not well-formed record batches. */
    INVALID_BATCH(Category.USER, false),
    /** A batch is larger than the limit. */
    TOO_LARGE(Category.USER, false),
    /** Bytes are well-formed, but not what this partition takes, such as a record without a key. */
    INVALID_RECORD(Category.USER, false),
    /** A producer's batch is not the one that follows its last one. */
    OUT_OF_ORDER_SEQUENCE(Category.USER, false),
    /** An append that had to be stored before this one was not. */
    PREDECESSOR_FAILED(Category.RESOURCE, true),
    /** A newer instance of the producer has taken over. */
    PRODUCER_FENCED(Category.USER, false),
    /** The transaction is not in a state that allows this. */
    INVALID_TRANSACTION_STATE(Category.USER, false),
    /** Someone with a newer leader epoch has taken over, or this one has seen a newer one. */
    STALE_LEADER_EPOCH(Category.USER, false),
    /** There is no such partition. */
    UNKNOWN_PARTITION(Category.USER, false),
    /** There is such a partition already. */
    PARTITION_EXISTS(Category.USER, false),
    /** Topic name or partition number can't be. */
    INVALID_NAME(Category.USER, false),
    /** No space left; appends go on by themselves once there is space. */
    DISK_FULL(Category.RESOURCE, true),
    /** The file system takes no writes. */
    READ_ONLY(Category.RESOURCE, true),
    /** Stored bytes are not what was written. */
    CORRUPT(Category.RESOURCE, false),
    /** The partition takes neither appends nor reads until it is reopened. */
    OFFLINE(Category.RESOURCE, true),
    /** A file could not be read or written. */
    IO(Category.RESOURCE, true),
    /** Another process has the data directory. */
    LOCKED(Category.CONFIGURATION, false),
    /** The log has been closed or deleted. */
    CLOSED(Category.USER, true),
    /** The thread was interrupted while it waited for room; nothing was appended. */
    INTERRUPTED(Category.USER, true),
    /** A defect. */
    INTERNAL(Category.INTERNAL, false);

    private final Category category;
    private final boolean retriable;

    Code(Category category, boolean retriable) {
      this.category = category;
      this.retriable = retriable;
    }

    public Category category() {
      return category;
    }

    /** Whether the same request may succeed later. */
    public boolean retriable() {
      return retriable;
    }
  }

  private final Code code;

  /**
   * Trouble that is not about one file.
   *
   * @param problem what is wrong, without a full stop
   * @param cure what to do, a sentence without a full stop
   */
  public StorageException(Code code, String problem, String cure) {
    this(code, problem, cure, null);
  }

  public StorageException(Code code, String problem, String cure, @Nullable Throwable cause) {
    super(problem + ". " + cure + ".", cause);
    this.code = code;
  }

  /** Trouble at a place in a file. */
  public StorageException(
      Code code, String problem, Path file, long position, String cure, @Nullable Throwable cause) {
    this(code, problem + ", in " + file + " at byte " + position, cure, cause);
  }

  private StorageException(StorageException again) {
    super(again.getMessage(), again);
    this.code = again.code;
  }

  /** The same trouble, met once more: an exception of its own with this one as its cause. */
  public StorageException again() {
    return new StorageException(this);
  }

  public Code code() {
    return code;
  }
}
