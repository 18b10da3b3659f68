package dev.sluice.log.producer;

/** The answer to an offered batch that is not refused. */
public sealed interface Admission {

  /** It is to be appended. */
  record Accepted() implements Admission {}

  /**
   * It is in the log already, the producer just has not heard: it gets the first answer again.
   *
   * @param timestampMillis the largest timestamp of the batch in the log
   */
  record Duplicate(long baseOffset, long lastOffset, long timestampMillis) implements Admission {}

  /** The one {@link Accepted}. */
  Admission ACCEPTED = new Accepted();
}
