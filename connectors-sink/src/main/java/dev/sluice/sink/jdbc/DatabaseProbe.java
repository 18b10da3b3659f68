package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connects and looks for the table, if all records go to the same one. */
final class DatabaseProbe {

  /** H2: database not found, see {@link Login#onlyExisting}. */
  private static final Set<String> H2_NO_DATABASE = Set.of("90146", "90149");

  private DatabaseProbe() {}

  /**
   * Tests.
   *
   * @throws ConnectorException as a task would tell it
   */
  static ConnectionReport run(JdbcSinkConfig config) {
    try (Connection connection = config.login().onlyExisting().connect()) {
      connection.setReadOnly(true);
      DatabaseMetaData metadata = connection.getMetaData();
      List<String> facts = new ArrayList<>();
      facts.add(metadata.getDatabaseProductName() + " " + metadata.getDatabaseProductVersion());
      facts.add(table(config, connection));
      facts.add("Not tested: whether the user may write");
      connection.rollback();
      return new ConnectionReport(facts);
    } catch (SQLException e) {
      if (H2_NO_DATABASE.contains(String.valueOf(e.getSQLState()))) {
        return ConnectionReport.of("The database is not there and will be created");
      }
      throw new JdbcFailures(config.login()).of(e);
    }
  }

  private static String table(JdbcSinkConfig config, Connection connection) throws SQLException {
    Optional<TableName> name = config.table().constant();
    if (name.isEmpty()) {
      return "Not tested: tables, since their names depend on the records";
    }
    TargetTables tables = new TargetTables(Dialect.of(config.login().url()));
    if (tables.find(connection, name.get()).isPresent()) {
      return "Table " + name.get() + " is there";
    }
    if (!config.createTable()) {
      throw TableWriter.tableMissing(config, name.get());
    }
    return "Table " + name.get() + " will be created";
  }
}
