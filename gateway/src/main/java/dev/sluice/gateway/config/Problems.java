package dev.sluice.gateway.config;

import java.util.List;
import java.util.TreeSet;

/** Collects the mistakes of one load. Used by one thread. */
final class Problems {

  private final TreeSet<Problem> found = new TreeSet<>();

  void add(Place place, Pointer path, String message, String suggestion) {
    found.add(
        new Problem(
            place.file(), place.line(), place.column(), path.toString(), message, suggestion));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All, by place, each on one line, with secrets that slipped into a message covered. */
  List<Problem> sorted(Secrets secrets) {
    return found.stream()
        .map(
            problem ->
                new Problem(
                    problem.file(),
                    problem.line(),
                    problem.column(),
                    problem.path().replaceAll("\\R", " "),
                    covered(problem.message(), secrets),
                    covered(problem.suggestion(), secrets)))
        .toList();
  }

  private static String covered(String text, Secrets secrets) {
    return secrets.cover(DisplayConfig.withoutCredentials(text)).replaceAll("\\R", " ");
  }
}
