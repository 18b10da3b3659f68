package dev.sluice.bench.kafka;

import java.util.Locale;

/**
 * What a figure is to reach.
 *
 * @param limit of the ratio of our figure to Kafka's, or of our figure itself
 */
record Aim(Kind kind, double limit) {

  /** What is limited, and on which side. */
  enum Kind {
    RATIO_AT_LEAST,
    RATIO_AT_MOST,
    VALUE_AT_MOST
  }

  boolean isMet(double ours, double theirs) {
    return switch (kind) {
      case RATIO_AT_LEAST -> ours >= limit * theirs;
      case RATIO_AT_MOST -> ours <= limit * theirs;
      case VALUE_AT_MOST -> ours <= limit;
    };
  }

  @Override
  public String toString() {
    String format =
        switch (kind) {
          case RATIO_AT_LEAST -> ">= %.1f x";
          case RATIO_AT_MOST -> "<= %.1f x";
          case VALUE_AT_MOST -> "<= %s";
        };
    return String.format(Locale.ROOT, format, limit);
  }
}
