package dev.sluice.log.segment;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** File names of a segment: its base offset in 20 digits and an ending, as Kafka has them. */
public final class SegmentNames {

  public static final String LOG = ".log";
  public static final String OFFSET_INDEX = ".index";
  public static final String TIME_INDEX = ".timeindex";

  /** Added to the names of files that are about to be deleted. */
  public static final String DELETED = ".deleted";

  private static final int DIGITS = 20;

  private SegmentNames() {}

  public static Path path(Path directory, long baseOffset, String ending) {
    return directory.resolve(String.format(Locale.ROOT, "%020d", baseOffset) + ending);
  }

  /** The base offset if this is the name of a segment's file with that ending. */
  public static OptionalLong baseOffset(String fileName, String ending) {
    if (fileName.length() != DIGITS + ending.length() || !fileName.endsWith(ending)) {
      return OptionalLong.empty();
    }
    String digits = fileName.substring(0, DIGITS);
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // Twenty digits hold more than a long does.
    }
  }
}
