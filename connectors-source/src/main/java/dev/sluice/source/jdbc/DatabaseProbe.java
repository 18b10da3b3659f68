package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Connects, reading only, and finds out how each table would be polled. */
final class DatabaseProbe {

  private DatabaseProbe() {}

  /**
   * Tests.
   *
   * @throws ConnectorException as a task that starts would tell it
   */
  static ConnectionReport run(JdbcOptions options) {
    Failures failures = new Failures(options.login());
    String what = "the tables";
    try (Database database = Database.connect(options)) {
      List<String> facts = new ArrayList<>();
      DatabaseMetaData metadata = database.connection().getMetaData();
      facts.add(metadata.getDatabaseProductName() + " " + metadata.getDatabaseProductVersion());
      TablePlanner planner = new TablePlanner(options, database);
      for (String table : options.tables()) {
        what = "the table " + table;
        facts.add("Table " + table + ": " + words(planner.table(table)));
      }
      if (options.query().isPresent()) {
        what = "the query";
        facts.add("The query: " + words(planner.query(options.query().get())));
      }
      return new ConnectionReport(facts);
    } catch (SQLException failed) {
      throw failures.preparing(what, failed);
    }
  }

  private static String words(PolledTable table) {
    String cursor =
        String.join(", ", table.cursor().stream().map(column -> column.name()).toList());
    return cursor.isEmpty() ? "all rows at each poll" : "new rows by " + cursor;
  }
}
