package dev.sluice.gateway.messaging;

import java.util.Locale;

/** What becomes of a message that a bean refuses. */
enum FailureStrategy {
  /** The channel stops; nothing behind the message is read until the gateway restarts. */
  FAIL,
  /** The message counts as done. */
  IGNORE,
  /** The record is copied to the dead-letter topic, then counts as done. */
  DEAD_LETTER;

  /** Reads {@code fail}, {@code ignore} or {@code dead-letter}. */
  static FailureStrategy of(String text) {
    for (FailureStrategy strategy : values()) {
      if (strategy.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return strategy;
      }
    }
    throw new IllegalArgumentException(
        "failure-strategy is '" + text + "'; use fail, ignore or dead-letter");
  }
}
