package dev.sluice.sink.jdbc;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What values of a field have in common; decides the type of a column that is made for it. */
enum FieldType {
  /** Only nulls so far. */
  UNKNOWN,
  BOOLEAN,
  /** Whole numbers of up to 64 bits. */
  INTEGER,
  /** Other numbers. */
  DECIMAL,
  /** Text, and everything else as JSON. */
  TEXT;

  static FieldType of(@Nullable Object value) {
    if (value == null) {
      return UNKNOWN;
    }
    if (value instanceof Boolean) {
      return BOOLEAN;
    }
    if (value instanceof Number number) {
      return number instanceof Integer || number instanceof Long || fitsLong(number)
          ? INTEGER
          : DECIMAL;
    }
    return TEXT;
  }

  private static boolean fitsLong(Number number) {
    return number instanceof BigInteger big && big.bitLength() < Long.SIZE;
  }

  /** The type that holds the values of both. */
  FieldType and(FieldType other) {
    if (this == other || other == UNKNOWN) {
      return this;
    }
    if (this == UNKNOWN) {
      return other;
    }
    boolean numbers =
        (this == INTEGER && other == DECIMAL) || (this == DECIMAL && other == INTEGER);
    return numbers ? DECIMAL : TEXT;
  }
}
