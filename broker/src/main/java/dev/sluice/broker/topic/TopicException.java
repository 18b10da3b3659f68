package dev.sluice.broker.topic;

/** Why the catalog refused something. */
public final class TopicException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of refusal. */
  public enum Code {
    /** There is no such topic or partition. */
    UNKNOWN_TOPIC,
    /** A topic of this name is there already. */
    TOPIC_EXISTS,
    /** Name or partition count are not allowed. */
    INVALID_TOPIC
  }

  private final Code code;

  public TopicException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** There is no such topic. */
  public static TopicException unknown(String name) {
    return new TopicException(Code.UNKNOWN_TOPIC, "There is no topic '" + name + "'.");
  }

  /** The topic has no such partition. */
  public static TopicException unknown(String name, int partition) {
    return new TopicException(
        Code.UNKNOWN_TOPIC, "There is no partition " + partition + " of a topic '" + name + "'.");
  }
}
