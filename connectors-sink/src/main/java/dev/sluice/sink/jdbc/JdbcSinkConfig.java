package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The options, typed.
 *
 * @param login how to connect
 * @param keyColumns the columns that identify a row; empty to take them from the record's key
 * @param createTable whether missing tables are created
 * @param alterTable whether missing columns are added
 * @param delete whether tombstones and delete events delete rows
 * @param batchSize the most rows in one JDBC batch
 * @param epochUnit what whole numbers count when they go into a time or timestamp column
 */
record JdbcSinkConfig(
    Login login,
    TableNames table,
    Mode mode,
    List<String> keyColumns,
    boolean createTable,
    boolean alterTable,
    boolean delete,
    int batchSize,
    ChronoUnit epochUnit) {

  /** What a record does to its table. */
  enum Mode {
    INSERT,
    UPSERT
  }

  static JdbcSinkConfig of(Options options) {
    return new JdbcSinkConfig(
        new Login(
            options.string("url"), options.string("user", ""), options.string("password", "")),
        TableNames.parse(options.string("table")),
        Mode.valueOf(options.string("mode").toUpperCase(Locale.ROOT)),
        options.strings("key-columns"),
        options.bool("create-table"),
        options.bool("alter-table"),
        options.bool("delete"),
        options.integer("batch-size"),
        ChronoUnit.valueOf(options.string("epoch-unit").toUpperCase(Locale.ROOT)));
  }

  /** Checks what the schema can't say. */
  void checkTogether() {
    if (mode == Mode.INSERT && !keyColumns.isEmpty()) {
      throw ConnectorException.configuration(
          "option-conflict",
          "'key-columns' has no meaning for 'mode: insert'.",
          "Remove 'key-columns', or choose 'mode: upsert'.");
    }
    if (mode == Mode.UPSERT && !Dialect.canUpsert(login.url())) {
      throw ConnectorException.configuration(
          "jdbc-upsert-unsupported",
          "'mode: upsert' is not supported for this kind of database: " + login.shownUrl(),
          "Choose 'mode: insert', or a database among H2, PostgreSQL, MySQL, MariaDB and SQLite.");
    }
  }
}
