package dev.sluice.gateway.boot;

import java.util.Locale;

/** Numbers for people. */
final class Quantities {

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Quantities() {}

  /** A number of things: {@code 1 record}, {@code 1,234 records}. */
  static String of(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }

  /** A number of bytes with two or three digits: {@code 6.7 GB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }
}
