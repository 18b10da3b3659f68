package dev.sluice.log.segment;

import java.io.IOException;
import java.nio.file.Path;

/** A log file does not hold what was written to it. */
public final class SegmentDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final transient Path file;
  private final long position;

  public SegmentDamagedException(String problem, Path file, long position) {
    super(problem + ", in " + file + " at byte " + position);
    this.problem = problem;
    this.file = file;
    this.position = position;
  }

  public String problem() {
    return problem;
  }

  public Path file() {
    return file;
  }

  public long position() {
    return position;
  }
}
