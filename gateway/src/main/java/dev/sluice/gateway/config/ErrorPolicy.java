package dev.sluice.gateway.config;

import java.time.Duration;

/**
 * What happens when something can't be handled. Trouble outside (a database that is down, a full
 * disk) is never a record's fault: it is retried with back-off for as long as it lasts. These
 * settings bound the back-off, and say what becomes of a record that is refused for what it is.
 *
 * @param retries how many more times a refused record is tried before {@code then} applies
 * @param then what becomes of it
 * @param deadLetterTopic the topic for set-aside records
 * @param backoff the first pause before trying again; doubles each time
 * @param maxBackoff the longest pause
 */
public record ErrorPolicy(
    int retries, Then then, String deadLetterTopic, Duration backoff, Duration maxBackoff) {

  /** The last resort for a record that is refused. */
  public enum Then {
    /** Set it aside whole, with its error in the headers, and go on. */
    DEAD_LETTER,
    /** Stop the task; nothing behind the record is handled until someone has looked. */
    FAIL
  }
}
