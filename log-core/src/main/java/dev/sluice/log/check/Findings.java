package dev.sluice.log.check;

import dev.sluice.log.check.Finding.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the findings of one partition, and of each severity no more than a bound: a file of
 * garbage must not fill the memory. Not thread-safe.
 */
final class Findings {

  private static final int MAX_EACH = 100;

  private final Path directory;
  private final List<Finding> list = new ArrayList<>();
  private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);

  Findings(Path directory) {
    this.directory = directory;
  }

  void error(Path file, long position, String problem, String cure) {
    add(new Finding(Severity.ERROR, file, position, problem, cure));
  }

  void warning(Path file, long position, String problem, String cure) {
    add(new Finding(Severity.WARNING, file, position, problem, cure));
  }

  void note(Path file, long position, String problem, String cure) {
    add(new Finding(Severity.NOTE, file, position, problem, cure));
  }

  void add(Finding finding) {
    if (counts.merge(finding.severity(), 1, Integer::sum) <= MAX_EACH) {
      list.add(finding);
    }
  }

  List<Finding> list() {
    List<Finding> all = new ArrayList<>(list);
    counts.forEach(
        (severity, count) -> {
          if (count > MAX_EACH) {
            all.add(
                new Finding(
                    severity,
                    directory,
                    0,
                    (count - MAX_EACH) + " more findings of this kind are not listed",
                    "Look at those that are first"));
          }
        });
    return all;
  }
}
