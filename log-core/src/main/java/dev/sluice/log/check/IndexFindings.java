package dev.sluice.log.check;

import java.nio.file.Path;

/** Takes the first finding about one index file. */
final class IndexFindings {

  private static final String CURE =
      "Delete the file while Sluice is stopped: it is made anew from the log, and no record is in it";

  private final Scope scope;
  private final Path path;
  private final long segmentBaseOffset;
  private boolean isTold;

  IndexFindings(Scope scope, Path path, long segmentBaseOffset) {
    this.scope = scope;
    this.path = path;
    this.segmentBaseOffset = segmentBaseOffset;
  }

  boolean isTold() {
    return isTold;
  }

  /** The log file is damaged: nothing can be said of its indexes. */
  void giveUp() {
    isTold = true;
  }

  /**
   * An entry is wrong.
   *
   * @param offset of the log that it is about
   */
  void wrong(long position, long offset, String problem) {
    if (!isTold && !scope.isDurable(segmentBaseOffset, offset)) {
      isTold = true;
      scope.findings().note(path, position, problem, "Nothing: the next start corrects it");
      return;
    }
    tell(position, problem);
  }

  /**
   * An entry is missing. Says nothing of one that was not durable yet: a running log writes it
   * later, and the next start completes what an unclean stop left out.
   *
   * @param offset of the log that it would be about
   */
  void missing(long position, long offset, String problem) {
    if (scope.isDurable(segmentBaseOffset, offset)) {
      tell(position, problem);
    }
  }

  private void tell(long position, String problem) {
    if (!isTold) {
      isTold = true;
      scope.findings().warning(path, position, problem, CURE);
    }
  }
}
