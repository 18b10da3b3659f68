package dev.sluice.bench.kafka;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured, and at what length.
 *
 * @param rounds how often each side has its turn
 * @param isShort a fifth of the records, for a first look
 */
record Plan(Set<Kind> rows, int rounds, boolean isShort) {

  private static final int DEFAULT_ROUNDS = 5;
  private static final int SHORT_DIVISOR = 5;

  /** The rows there are. */
  enum Kind {
    PRODUCE_SMALL,
    PRODUCE_LARGE,
    PRODUCE_DURABLE,
    CPU,
    CONSUME,
    LATENCY,
    START,
    MEMORY;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static final String USAGE =
      "usage: bench/run kafka [all|produce-small|produce-large|produce-durable|cpu|consume|latency"
          + "|start|memory]... [--rounds N] [--short]";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it says something unknown
   */
  static Plan of(List<String> arguments) {
    Set<Kind> rows = EnumSet.noneOf(Kind.class);
    int rounds = DEFAULT_ROUNDS;
    boolean isShort = false;
    List<String> left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      switch (word) {
        case "--short" -> isShort = true;
        case "--rounds" -> rounds = left.isEmpty() ? 0 : Integer.parseInt(left.removeFirst());
        case "all" -> rows.addAll(EnumSet.allOf(Kind.class));
        default -> rows.add(kind(word));
      }
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds needs a number from 1 on");
    }
    return new Plan(rows.isEmpty() ? EnumSet.allOf(Kind.class) : rows, rounds, isShort);
  }

  private static Kind kind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("There is no row " + word);
  }

  /** So many records as this plan has time for. */
  int records(int whenLong) {
    return isShort ? whenLong / SHORT_DIVISOR : whenLong;
  }
}
