package dev.sluice.gateway.config;

import java.util.List;
import java.util.TreeSet;

/** Collects the mistakes of one load. Used by one thread. */
final class Problems {

  /** A mistake and the way to it. */
  record Found(Problem problem, Pointer at) implements Comparable<Found> {
    @Override
    public int compareTo(Found other) {
      return problem.compareTo(other.problem);
    }
  }

  private final TreeSet<Found> found = new TreeSet<>();

  void add(Place place, Pointer path, String message, String suggestion) {
    found.add(
        new Found(
            new Problem(
                place.file(), place.line(), place.column(), path.toString(), message, suggestion),
            path));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All, by place, each on one line, with secrets that slipped into a message covered. */
  List<Problem> sorted(Secrets secrets) {
    return located(secrets).stream().map(Found::problem).toList();
  }

  /** As {@link #sorted}, with the way to each. */
  List<Found> located(Secrets secrets) {
    return found.stream()
        .map(each -> new Found(covered(each.problem(), secrets), each.at()))
        .toList();
  }

  private static Problem covered(Problem problem, Secrets secrets) {
    return new Problem(
        problem.file(),
        problem.line(),
        problem.column(),
        problem.path().replaceAll("\\R", " "),
        covered(problem.message(), secrets),
        covered(problem.suggestion(), secrets));
  }

  private static String covered(String text, Secrets secrets) {
    return secrets.cover(Credentials.covered(text)).replaceAll("\\R", " ");
  }
}
