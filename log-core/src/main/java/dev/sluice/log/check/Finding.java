package dev.sluice.log.check;

import java.nio.file.Path;

/**
 * Something that a check has come across.
 *
 * @param position byte of the file
 * @param problem what is wrong, a sentence without a full stop
 * @param cure what to do, a sentence without a full stop
 */
public record Finding(Severity severity, Path file, long position, String problem, String cure) {

  /** How bad it is. */
  public enum Severity {
    /** Records are missing or can't be read. */
    ERROR,
    /** No record is lost, but something is not as it should be. */
    WARNING,
    /** Worth knowing; nothing needs to be done. */
    NOTE
  }

  @Override
  public String toString() {
    return severity + " " + problem + ", in " + file + " at byte " + position + ". " + cure + ".";
  }
}
