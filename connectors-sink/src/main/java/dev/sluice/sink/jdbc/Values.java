package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.sink.support.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns decoded JSON values into what a column's type takes. Nothing is rounded or cut off: what
 * does not fit is an error of category DATA. Thread-safe.
 */
final class Values {

  /** H2's type code for DECFLOAT, which JDBC has no constant for before Java 26. */
  private static final int DECFLOAT = 2015;

  private final Times times;

  Values(Times times) {
    this.times = times;
  }

  /** The value for the column; equal values give equal results, whatever their JSON form. */
  @Nullable Object convert(@Nullable Object value, TargetColumn column) {
    if (value == null) {
      return null;
    }
    try {
      return switch (column.type()) {
        case Types.BOOLEAN, Types.BIT -> bool(value);
        case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> integer(value);
        case Types.DECIMAL, Types.NUMERIC, DECFLOAT -> decimal(value);
        case Types.REAL, Types.FLOAT, Types.DOUBLE -> floating(value);
        case Types.DATE -> times.date(value);
        case Types.TIME, Types.TIME_WITH_TIMEZONE -> times.time(value);
        case Types.TIMESTAMP -> times.timestamp(value, column.typeName());
        case Types.TIMESTAMP_WITH_TIMEZONE -> times.instant(value);
        case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
            binary(value, column.typeName());
        case Types.ARRAY -> value instanceof List<?> list ? list.toArray() : Json.plain(value);
        default -> text(value, column.typeName());
      };
    } catch (RuntimeException e) {
      throw ConnectorException.data(
          "jdbc-value-unfit",
          "The value of field '"
              + column.name()
              + "', "
              + kind(value)
              + ", does not fit its column's type "
              + column.typeName()
              + ".",
          e);
    }
  }

  private static String kind(Object value) {
    return switch (value) {
      case Map<?, ?> map -> "an object";
      case List<?> list -> "a list";
      case Boolean bool -> "true or false";
      case Number number -> "a number";
      default -> "text";
    };
  }

  private static Boolean bool(Object value) {
    return switch (value) {
      case Boolean bool -> bool;
      case Number number when number.longValue() == 0 || number.longValue() == 1 ->
          number.longValue() == 1;
      case String text when text.equalsIgnoreCase("true") -> true;
      case String text when text.equalsIgnoreCase("false") -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Long integer(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case Long number -> number;
      case BigInteger number -> number.longValueExact();
      case BigDecimal number -> number.longValueExact();
      case Boolean bool -> bool ? 1L : 0L;
      case String text -> new BigDecimal(text.strip()).longValueExact();
      default -> throw new IllegalArgumentException("no whole number");
    };
  }

  private static BigDecimal decimal(Object value) {
    BigDecimal number =
        switch (value) {
          case BigDecimal decimal -> decimal;
          case BigInteger integer -> new BigDecimal(integer);
          case Number other -> new BigDecimal(other.toString());
          case String text -> new BigDecimal(text.strip());
          default -> throw new IllegalArgumentException("no number");
        };
    return number.stripTrailingZeros();
  }

  private static Double floating(Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> Double.valueOf(text.strip());
      default -> throw new IllegalArgumentException("no number");
    };
  }

  private static Object binary(Object value, String typeName) {
    if (typeName.equalsIgnoreCase("uuid")) {
      return UUID.fromString(Json.plain(value));
    }
    return switch (value) {
      case byte[] bytes -> bytes;
      case String text -> Base64.getDecoder().decode(text);
      default -> throw new IllegalArgumentException("no base64 text");
    };
  }

  private static Object text(Object value, String typeName) {
    String type = typeName.toLowerCase(Locale.ROOT);
    if (type.equals("json") || type.equals("jsonb")) {
      String json = value instanceof String text && looksLikeJson(text) ? text : Json.text(value);
      // H2 takes bytes as JSON text, and text as a JSON string; the others take text as JSON.
      return type.equals("json") && typeName.equals("JSON") ? utf8(json) : json;
    }
    if (type.equals("uuid")) {
      return UUID.fromString(Json.plain(value));
    }
    return Json.plain(value);
  }

  /** Change events carry JSON columns as text. */
  private static boolean looksLikeJson(String text) {
    String stripped = text.strip();
    return stripped.startsWith("{") || stripped.startsWith("[") || stripped.startsWith("\"");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
