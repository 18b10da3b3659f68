package dev.sluice.gateway.config;

import java.util.Locale;

/** How often a record arrives when something fails on the way. */
public enum Delivery {
  /** Positions move behind the records: what was under way at a failure comes again. */
  AT_LEAST_ONCE,
  /** Records and positions move in one transaction. */
  EXACTLY_ONCE;

  /** As it is written in configurations. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Delivery of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
