package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.TransactionalSinkTask;
import dev.sluice.sink.support.Schemas;
import java.time.Duration;

/** The sink that writes to tables of a database. */
public final class JdbcSinkType implements SinkType {

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public String title() {
    return "Database (JDBC)";
  }

  @Override
  public String description() {
    return "Writes JSON objects and change events (Debezium envelopes) to tables of H2, PostgreSQL,"
        + " MySQL, MariaDB or SQLite. With 'mode: upsert' a table equals its topic however"
        + " often records are repeated; with 'delivery: exactly-once' no row is inserted"
        + " twice either, since the positions are kept in the database, in the table"
        + " sluice_positions.";
  }

  @Override
  public String optionsSchema() {
    return Schemas.beside(JdbcSinkType.class);
  }

  @Override
  public void check(Options options) {
    JdbcSinkConfig.of(options).checkTogether();
  }

  @Override
  public void checkExactlyOnce(Options options) {
    if (!Dialect.canUpsert(JdbcSinkConfig.of(options).login().url())) {
      throw ConnectorType.cannotBeExact(
          "the table of positions is made for H2, PostgreSQL, MySQL, MariaDB and SQLite, and 'url'"
              + " names another database");
    }
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit) {
    return DatabaseProbe.run(JdbcSinkConfig.of(options));
  }

  @Override
  public SinkTask newTask() {
    return new JdbcSinkTask();
  }

  @Override
  public TransactionalSinkTask newTransactionalTask() {
    return new JdbcSinkTask();
  }
}
