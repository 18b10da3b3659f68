package dev.sluice.log.scrub;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Decides which segment is read next. A pure function. */
final class ScrubPlanner {

  /** The time of what was never looked at. */
  static final long NEVER = Long.MIN_VALUE;

  /**
   * Something that may be read.
   *
   * @param readMillis when it was last read to its end, or {@link #NEVER}
   */
  record Candidate<T>(T what, long readMillis) {

    private boolean isDue(long nowMillis, Duration round) {
      return readMillis == NEVER || nowMillis - readMillis >= round.toMillis();
    }
  }

  private ScrubPlanner() {}

  /**
   * The one that was not looked at for longest, if a round has gone by since; the first of several.
   */
  static <T> Optional<T> next(Collection<Candidate<T>> candidates, long nowMillis, Duration round) {
    Candidate<T> longest = null;
    for (Candidate<T> candidate : candidates) {
      if (candidate.isDue(nowMillis, round)
          && (longest == null || candidate.readMillis < longest.readMillis)) {
        longest = candidate;
      }
    }
    return Optional.ofNullable(longest).map(Candidate::what);
  }
}
