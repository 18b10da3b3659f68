package dev.sluice.source.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which files once had the name of a tailed file, and in which order. Rotated files are known by
 * their names: {@code app.log.1}, {@code app.log-20260101}, {@code app.log.old}, {@code
 * app-2026-01-01.log}, {@code app.1.log}; compressed ones are not among them.
 */
final class Rotation {

  private final String name;
  private final Pattern rotated;

  Rotation(String name) {
    this.name = name;
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    this.rotated =
        Pattern.compile(
            Pattern.quote(name)
                + "[.-_]([0-9][0-9TZ:._-]*|old)|"
                + Pattern.quote(stem)
                + "[.-_][0-9][0-9TZ:._-]*"
                + Pattern.quote(extension));
  }

  /**
   * The files of a directory; empty if they were renamed while it was looked at. A file that is
   * renamed just then may not be seen at all: who went on by what is left would leave it out.
   */
  Optional<List<FileFacts>> look(Path directory) throws IOException {
    return agreed(FileFacts.list(directory), FileFacts.list(directory));
  }

  /** The later of two looks, if both saw the same files under the names that matter here. */
  Optional<List<FileFacts>> agreed(List<FileFacts> earlier, List<FileFacts> later) {
    return keys(earlier).equals(keys(later)) ? Optional.of(later) : Optional.empty();
  }

  private Map<String, String> keys(List<FileFacts> listing) {
    return listing.stream()
        .filter(facts -> facts.name().equals(name) || rotated.matcher(facts.name()).matches())
        .collect(Collectors.toMap(FileFacts::name, FileFacts::key, (one, other) -> other));
  }

  /**
   * The file to read after another: the oldest rotated one that is younger than it, else the one
   * that has the name now. Files are as old as their last byte; where that does not tell, the
   * higher number is the older one.
   *
   * @param last where the other file was left; it may be gone
   */
  Optional<FileFacts> after(FilePosition last, List<FileFacts> listing) {
    return listing.stream()
        .filter(facts -> !last.mayBe(facts))
        .filter(facts -> rotated.matcher(facts.name()).matches() && youngerThan(last, facts))
        .min(Comparator.comparing(FileFacts::modified).thenComparing(f -> -number(f.name())))
        .or(() -> current(listing).filter(facts -> !last.mayBe(facts)));
  }

  /** The file that has the name now. */
  Optional<FileFacts> current(List<FileFacts> listing) {
    return listing.stream().filter(facts -> facts.name().equals(name)).findFirst();
  }

  private boolean youngerThan(FilePosition last, FileFacts facts) {
    int byTime = facts.modified().compareTo(last.modified());
    return byTime > 0
        || (byTime == 0 && !last.name().equals(name) && number(facts.name()) < number(last.name()));
  }

  private static long number(String name) {
    int digits = name.length();
    while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    String number = name.substring(digits);
    return number.isEmpty() || number.length() > 9 ? 0 : Long.parseLong(number);
  }
}
