package dev.sluice.sink.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Dates and times from JSON. Text is ISO 8601, with or without an offset, with {@code T} or a blank
 * between date and time; without an offset it means UTC. A number for a date counts days since the
 * epoch, as Debezium writes them; one for a time or timestamp counts the unit that the options
 * name, since a number does not tell its own unit.
 */
record Times(ChronoUnit epochUnit) {

  LocalDate date(Object value) {
    if (value instanceof Number number) {
      return LocalDate.ofEpochDay(number.longValue());
    }
    String text = text(value);
    return text.length() > "2000-01-01+00:00".length() || text.indexOf('T') > 0
        ? dateTime(text)
        : DateTimeFormatter.ISO_DATE.parse(text, LocalDate::from);
  }

  private static LocalDate dateTime(String text) {
    return LocalDate.from(DateTimeFormatter.ISO_DATE_TIME.parse(text));
  }

  LocalTime time(Object value) {
    if (value instanceof Number number) {
      return LocalTime.MIDNIGHT.plus(number.longValue(), epochUnit);
    }
    return DateTimeFormatter.ISO_TIME.parse(text(value), LocalTime::from);
  }

  /** For a column without an offset: the wall-clock time in UTC. */
  Object timestamp(Object value, String typeName) {
    OffsetDateTime instant = instant(value);
    // PostgreSQL's driver gives timestamptz the same type code as timestamp.
    return typeName.toLowerCase(Locale.ROOT).equals("timestamptz")
        ? instant
        : instant.toLocalDateTime();
  }

  /** In UTC. */
  OffsetDateTime instant(Object value) {
    if (value instanceof Number number) {
      return Instant.EPOCH.plus(number.longValue(), epochUnit).atOffset(ZoneOffset.UTC);
    }
    String text = text(value);
    if (text.indexOf('T') < 0) {
      return DateTimeFormatter.ISO_DATE
          .parse(text, LocalDate::from)
          .atStartOfDay()
          .atOffset(ZoneOffset.UTC);
    }
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime offset
        ? offset.withOffsetSameInstant(ZoneOffset.UTC)
        : LocalDateTime.from(parsed).atOffset(ZoneOffset.UTC);
  }

  private static String text(Object value) {
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException("neither text nor a number");
    }
    int blank = text.strip().indexOf(' ');
    return blank < 0
        ? text.strip()
        : text.strip().substring(0, blank) + "T" + text.strip().substring(blank + 1);
  }
}
