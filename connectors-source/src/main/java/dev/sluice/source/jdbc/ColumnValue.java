package dev.sluice.source.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column's value as what a record may hold: numbers, booleans, bytes and lists of these;
 * dates and times as ISO-8601 text with all digits that the database gives; anything else as the
 * database writes it.
 */
@FunctionalInterface
interface ColumnValue {

  @Nullable Object read(ResultSet row, int index) throws SQLException;

  /** The way to read a column. */
  static ColumnValue of(Column column) {
    String typeName = column.typeName().toLowerCase(Locale.ROOT);
    return switch (column.type()) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          (row, index) -> orNull(row, row.getLong(index));
      case Types.DECIMAL, Types.NUMERIC -> ColumnValue::decimal;
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> ColumnValue::floating;
      case Types.BOOLEAN -> (row, index) -> orNull(row, row.getBoolean(index));
      case Types.BIT ->
          typeName.startsWith("bool")
              ? (row, index) -> orNull(row, row.getBoolean(index))
              : ResultSet::getString;
      case Types.DATE -> (row, index) -> text(row.getObject(index, LocalDate.class));
      case Types.TIME ->
          typeName.equals("timetz")
              ? (row, index) -> text(row.getObject(index, OffsetTime.class))
              : (row, index) -> text(row.getObject(index, LocalTime.class));
      case Types.TIME_WITH_TIMEZONE -> (row, index) -> text(row.getObject(index, OffsetTime.class));
      // PostgreSQL's driver reports a timestamp with time zone as one without.
      case Types.TIMESTAMP ->
          typeName.equals("timestamptz")
              ? (row, index) -> text(row.getObject(index, OffsetDateTime.class))
              : (row, index) -> text(row.getObject(index, LocalDateTime.class));
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          (row, index) -> text(row.getObject(index, OffsetDateTime.class));
      // H2 reports a UUID as binary.
      case Types.BINARY -> typeName.equals("uuid") ? ResultSet::getString : ResultSet::getBytes;
      case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ResultSet::getBytes;
      case Types.ARRAY -> ColumnValue::array;
      default -> ResultSet::getString;
    };
  }

  private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
    return row.wasNull() ? null : value;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** PostgreSQL's numerics can be NaN, which no BigDecimal is. */
  private static @Nullable Object decimal(ResultSet row, int index) throws SQLException {
    Object value = row.getObject(index);
    return value instanceof Double ? value.toString() : value;
  }

  /** JSON has no NaN and no infinity, so these become text. */
  private static @Nullable Object floating(ResultSet row, int index) throws SQLException {
    if (row.getObject(index) instanceof Float single) {
      return Float.isFinite(single) ? new BigDecimal(single.toString()) : single.toString();
    }
    double value = row.getDouble(index);
    return row.wasNull() ? null : Double.isFinite(value) ? (Object) value : Double.toString(value);
  }

  private static @Nullable Object array(ResultSet row, int index) throws SQLException {
    Array array = row.getArray(index);
    if (array == null) {
      return null;
    }
    try {
      return array.getArray() instanceof Object[] elements ? list(elements) : array.toString();
    } finally {
      array.free();
    }
  }

  private static List<@Nullable Object> list(@Nullable Object[] elements) {
    List<@Nullable Object> list = new ArrayList<>(elements.length);
    for (Object element : elements) {
      list.add(
          switch (element) {
            case null -> null;
            case Object[] inner -> list(inner);
            case Number number -> number;
            case Boolean bool -> bool;
            case byte[] bytes -> Arrays.copyOf(bytes, bytes.length);
            default -> element.toString();
          });
    }
    return list;
  }
}
