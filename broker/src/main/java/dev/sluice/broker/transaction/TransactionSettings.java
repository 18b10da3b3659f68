package dev.sluice.broker.transaction;

import java.time.Duration;

/**
 * Limits of the coordinator.
 *
 * @param maxTimeout the longest that a producer may have a transaction open
 * @param idExpiration transactional ids that were unused for so long are forgotten
 * @param patience how long a request waits for the one before it, or for the end of a transaction,
 *     before its client is told to come again
 * @param maxIds how many transactional ids there may be: each is in memory, and read at every start
 */
public record TransactionSettings(
    Duration maxTimeout, Duration idExpiration, Duration patience, int maxIds) {

  /**
   * Kafka's 15 minutes and 7 days; a client comes again after 100 milliseconds. Kafka has no limit
   * to the number of ids.
   */
  public static final TransactionSettings DEFAULT =
      new TransactionSettings(
          Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofMillis(100), 100_000);
}
