package dev.sluice.broker.metadata;

import org.apache.kafka.common.errors.PolicyViolationException;

/**
 * How much the metadata take of what clients may add: all of it is in memory, and read at every
 * start. More than people need; what programs gone wild would add has an end.
 */
public final class MetadataLimits {

  /** Users with credentials. */
  public static final int MAX_USERS = 10_000;

  /** Access rules. */
  public static final int MAX_RULES = 50_000;

  /** Entities with limits of their own. */
  public static final int MAX_QUOTAS = 50_000;

  private MetadataLimits() {}

  /**
   * Refuses what would be too many.
   *
   * @param count how many there would be
   * @param what they are, as in "users"
   * @throws PolicyViolationException if that is more than the most
   */
  public static void require(int count, int most, String what) {
    if (count > most) {
      throw new PolicyViolationException(
          "There can be at most " + most + " " + what + ": remove some that nobody needs any more");
    }
  }
}
