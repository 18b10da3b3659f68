package dev.sluice.broker.group;

/** Why something could not be done with a group. */
public final class GroupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of reasons. */
  public enum Code {
    /** There is no such group. */
    UNKNOWN_GROUP(false),
    /** The group has members; offsets are theirs to commit. */
    HAS_MEMBERS(false),
    /** The name, or what goes with it, can't be. */
    INVALID(false),
    /** The groups can't be read or written at the moment. */
    UNAVAILABLE(true),
    /** A defect. */
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

  GroupException(Code code, String message) {
    super(message);
    this.code = code;
  }

  GroupException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
