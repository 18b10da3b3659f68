package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of a JDBC source.
 *
 * @param login which database, and who asks
 * @param tables the tables to poll; empty if there is a query
 * @param query the query to poll instead of tables
 * @param cursor by which columns rows are ordered and positions kept
 * @param keyColumns the columns of record keys; empty for those of the primary key
 * @param interval from one poll of a table to the next
 * @param batchRows how many rows make a batch, and are fetched at a time
 */
record JdbcOptions(
    Login login,
    List<String> tables,
    Optional<String> query,
    Cursor cursor,
    List<String> keyColumns,
    Duration interval,
    int batchRows) {

  /**
   * Which database, and who asks. Never print one.
   *
   * @param url the JDBC URL; may contain secrets
   * @param timeout how long an answer of the database may take
   */
  record Login(String url, Optional<String> user, Optional<String> password, Duration timeout) {
    @Override
    public String toString() {
      return SafeUrl.of(url);
    }
  }

  /**
   * By which columns rows are ordered and positions kept.
   *
   * @param mode which of the columns there are
   * @param incrementing the incrementing column; empty for the primary key
   * @param timestamp the timestamp column
   * @param delay rows younger than this are left for a later poll
   * @param zone in which zone timestamps without one are written
   */
  record Cursor(
      Mode mode,
      Optional<String> incrementing,
      Optional<String> timestamp,
      Duration delay,
      ZoneId zone) {}

  /** What tells new and changed rows. */
  enum Mode {
    INCREMENTING("incrementing"),
    TIMESTAMP("timestamp"),
    TIMESTAMP_INCREMENTING("timestamp+incrementing"),
    BULK("bulk");

    private final String text;

    Mode(String text) {
      this.text = text;
    }

    boolean hasTimestamp() {
      return this == TIMESTAMP || this == TIMESTAMP_INCREMENTING;
    }

    boolean hasIncrementing() {
      return this == INCREMENTING || this == TIMESTAMP_INCREMENTING;
    }

    static Mode of(String text) {
      for (Mode mode : values()) {
        if (mode.text.equals(text)) {
          return mode;
        }
      }
      throw new IllegalArgumentException("no mode is called " + text);
    }
  }

  static JdbcOptions from(Options options) {
    JdbcOptions made =
        new JdbcOptions(
            new Login(
                options.string("url"),
                options.optionalString("user"),
                options.optionalString("password"),
                options.duration("timeout")),
            options.strings("tables"),
            options.optionalString("query"),
            new Cursor(
                Mode.of(options.string("mode")),
                options.optionalString("incrementing-column"),
                options.optionalString("timestamp-column"),
                options.duration("timestamp-delay"),
                zone(options)),
            options.strings("key-columns"),
            options.duration("interval"),
            options.integer("batch-size"));
    made.check();
    return made;
  }

  private static ZoneId zone(Options options) {
    Optional<String> name = options.optionalString("time-zone");
    try {
      return name.map(ZoneId::of).orElseGet(ZoneId::systemDefault);
    } catch (DateTimeException unknown) {
      throw ConnectorException.configuration(
          "time-zone-unknown",
          "The option 'time-zone' is no zone: " + unknown.getMessage() + ".",
          "Set 'time-zone' to a name such as UTC or Europe/Berlin, or an offset such as +02:00.");
    }
  }

  /** The same, but H2, which makes a database that is not there, is kept from that. */
  JdbcOptions onlyExisting() {
    boolean makes =
        login.url().startsWith("jdbc:h2:")
            && !login.url().toUpperCase(Locale.ROOT).contains(";IFEXISTS=");
    Login careful =
        new Login(
            makes ? login.url() + ";IFEXISTS=TRUE" : login.url(),
            login.user(),
            login.password(),
            login.timeout());
    return new JdbcOptions(careful, tables, query, cursor, keyColumns, interval, batchRows);
  }

  private void check() {
    if (!login.url().startsWith("jdbc:")) {
      throw ConnectorException.configuration(
          "jdbc-url",
          "The option 'url' does not begin with 'jdbc:'.",
          "Write it like jdbc:postgresql://localhost/shop or jdbc:h2:./shop.");
    }
    if (tables.isEmpty() == query.isEmpty()) {
      throw ConnectorException.configuration(
          "tables-or-query",
          tables.isEmpty()
              ? "Neither 'tables' nor 'query' is set."
              : "Both 'tables' and 'query' are set.",
          "Set one of 'tables' and 'query'.");
    }
    if (cursor.mode().hasTimestamp() && cursor.timestamp().isEmpty()) {
      throw ConnectorException.configuration(
          "timestamp-column-missing",
          "The mode '" + cursor.mode().text + "' needs the option 'timestamp-column'.",
          "Set 'timestamp-column' to the column that changes with every write to a row.");
    }
    if (cursor.mode().hasIncrementing() && cursor.incrementing().isEmpty() && query.isPresent()) {
      throw ConnectorException.configuration(
          "incrementing-column-missing",
          "A query in mode '" + cursor.mode().text + "' needs the option 'incrementing-column'.",
          "Set 'incrementing-column' to the column of the query that grows with every new row.");
    }
  }
}
