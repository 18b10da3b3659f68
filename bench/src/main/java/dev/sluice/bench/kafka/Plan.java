package dev.sluice.bench.kafka;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured, and at what length.
 *
 * @param sides who has a turn
 * @param rounds how often each side has its turn
 * @param isShort a fifth of the records, for a first look
 */
record Plan(Set<Kind> rows, Set<Side> sides, int rounds, boolean isShort) {

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
          + "|start|memory]... [--rounds N] [--short] [--only sluice|kafka]";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it says something unknown
   */
  static Plan of(List<String> arguments) {
    Set<Kind> rows = EnumSet.noneOf(Kind.class);
    Set<Side> sides = EnumSet.allOf(Side.class);
    int rounds = DEFAULT_ROUNDS;
    boolean isShort = false;
    List<String> left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      switch (word) {
        case "--short" -> isShort = true;
        case "--rounds" -> rounds = Integer.parseInt(next(left, word));
        case "--only" -> sides = Set.of(Side.valueOf(next(left, word).toUpperCase(Locale.ROOT)));
        case "all" -> rows.addAll(EnumSet.allOf(Kind.class));
        default -> rows.add(kind(word));
      }
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds needs a number from 1 on");
    }
    return new Plan(rows.isEmpty() ? EnumSet.allOf(Kind.class) : rows, sides, rounds, isShort);
  }

  private static String next(List<String> words, String option) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a word behind it");
    }
    return words.removeFirst();
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
