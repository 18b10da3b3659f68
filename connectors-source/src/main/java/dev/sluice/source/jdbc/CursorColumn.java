package dev.sluice.source.jdbc;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * A column that rows are ordered by. Its value is kept in positions as {@link ColumnValue} reads
 * it, and bound to statements as the Java type that loses nothing and lets the database use an
 * index.
 *
 * @param column the column
 * @param place the name under which positions keep its value
 * @param kind what it holds
 */
record CursorColumn(Column column, String place, Kind kind) {

  /** What a column that can order rows holds. */
  enum Kind {
    INTEGER,
    DECIMAL,
    TEXT,
    DATE,
    TIMESTAMP,
    TIMESTAMP_WITH_ZONE;

    boolean isTime() {
      return this == DATE || this == TIMESTAMP || this == TIMESTAMP_WITH_ZONE;
    }

    /** The kind of a column; empty for one that can't order rows. */
    static Optional<Kind> of(Column column) {
      return switch (column.type()) {
        case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Optional.of(INTEGER);
        case Types.DECIMAL, Types.NUMERIC -> Optional.of(DECIMAL);
        case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR -> Optional.of(TEXT);
        case Types.DATE -> Optional.of(DATE);
        case Types.TIMESTAMP ->
            Optional.of(
                column.typeName().toLowerCase(Locale.ROOT).equals("timestamptz")
                    ? TIMESTAMP_WITH_ZONE
                    : TIMESTAMP);
        case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(TIMESTAMP_WITH_ZONE);
        default -> Optional.empty();
      };
    }
  }

  String name() {
    return column.name();
  }

  /** A kept value as what is bound to a statement. */
  Object bound(Object kept) {
    String text = kept.toString();
    return switch (kind) {
      case INTEGER -> Long.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case TEXT -> text;
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> LocalDateTime.parse(text);
      case TIMESTAMP_WITH_ZONE -> OffsetDateTime.parse(text);
    };
  }

  /** A moment as what this column, one of time, is compared with. */
  Object bound(Instant moment, ZoneId zone) {
    return switch (kind) {
      case DATE -> LocalDate.ofInstant(moment, zone);
      case TIMESTAMP -> LocalDateTime.ofInstant(moment, zone);
      case TIMESTAMP_WITH_ZONE -> moment.atOffset(ZoneOffset.UTC);
      case INTEGER, DECIMAL, TEXT ->
          throw new IllegalStateException(column.name() + " holds no time");
    };
  }
}
