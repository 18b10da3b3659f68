package dev.sluice.log.scrub;

import java.nio.file.Path;

/**
 * A place in a sealed segment that can't be read back.
 *
 * @param partition its name
 * @param file the segment's log file
 * @param position byte at which it begins
 * @param problem what is wrong there, without a full stop
 */
public record Damage(String partition, Path file, long position, String problem) {

  /** What to do about it, a sentence without a full stop. */
  public String cure() {
    return "Restore the file from a backup or a replica while Sluice is stopped, and check the disk;"
        + " records elsewhere are not affected";
  }

  @Override
  public String toString() {
    return problem + ", in " + file + " at byte " + position;
  }
}
