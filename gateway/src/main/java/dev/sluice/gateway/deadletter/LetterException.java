package dev.sluice.gateway.deadletter;

/** Why nothing was begun. */
public final class LetterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of reasons. */
  public enum Kind {
    /** Another job is at the same topic. */
    TOPIC_BUSY,
    /** As many jobs run as may. */
    BUSY
  }

  private final Kind kind;

  LetterException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
