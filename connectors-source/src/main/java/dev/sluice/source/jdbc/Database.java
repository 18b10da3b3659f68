package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectorException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.util.Properties;
import java.util.ServiceLoader;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.JDBCUtils;

/**
 * A connection that only reads: one transaction per statement that streams, so that drivers fetch
 * rows piece by piece. Belongs to the poll thread.
 */
final class Database implements AutoCloseable {

  static {
    // jOOQ greets on standard output otherwise, where only the gateway speaks.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private final Connection connection;
  private final DSLContext sql;
  private final int timeoutSeconds;
  private final int fetchRows;

  private Database(Connection connection, SQLDialect dialect, int timeoutSeconds, int fetchRows) {
    this.connection = connection;
    this.sql = DSL.using(dialect);
    this.timeoutSeconds = timeoutSeconds;
    this.fetchRows = fetchRows;
  }

  /** Connects. */
  static Database connect(JdbcOptions options) {
    JdbcOptions.Login login = options.login();
    Properties properties = new Properties();
    login.user().ifPresent(user -> properties.setProperty("user", user));
    login.password().ifPresent(password -> properties.setProperty("password", password));
    int timeoutMillis = (int) Math.min(login.timeout().toMillis(), Integer.MAX_VALUE);
    try {
      Connection connection = driver(login.url()).connect(login.url(), properties);
      if (connection == null) {
        throw noDriver(login.url());
      }
      try {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        limitWaiting(connection, timeoutMillis);
        return new Database(
            connection,
            JDBCUtils.dialect(login.url()),
            Math.max(1, timeoutMillis / 1000),
            options.batchRows());
      } catch (SQLException failed) {
        connection.close();
        throw failed;
      }
    } catch (SQLException failed) {
      throw new Failures(login).connecting(failed);
    }
  }

  /** Without this a peer that vanished would be waited for without end. */
  private static void limitWaiting(Connection connection, int timeoutMillis) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, timeoutMillis);
    } catch (SQLFeatureNotSupportedException unsupported) {
      // Then the statements' own timeout is all there is.
    }
  }

  /** Looks beside this class rather than by DriverManager, which knows the first loader only. */
  private static Driver driver(String url) throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class, Database.class.getClassLoader())) {
      if (driver.acceptsURL(url)) {
        return driver;
      }
    }
    throw noDriver(url);
  }

  private static ConnectorException noDriver(String url) {
    return ConnectorException.configuration(
        "jdbc-driver-missing",
        "There is no JDBC driver for " + SafeUrl.of(url) + ".",
        "Use jdbc:postgresql: or jdbc:h2:, or put the driver's jar on the class path.");
  }

  Connection connection() {
    return connection;
  }

  /** Renders names and conditions in the database's own SQL. */
  DSLContext sql() {
    return sql;
  }

  /** A statement whose rows are streamed, for the caller to close. */
  PreparedStatement prepare(String text) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(text, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    try {
      statement.setFetchSize(fetchRows);
      statement.setQueryTimeout(timeoutSeconds);
      return statement;
    } catch (SQLException failed) {
      statement.close();
      throw failed;
    }
  }

  /** The database's own time. */
  Instant now() throws SQLException {
    try (PreparedStatement statement = prepare(sql.select(DSL.currentTimestamp()).getSQL());
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("The database does not tell its time");
      }
      return rows.getTimestamp(1).toInstant();
    }
  }

  /** Ends the transaction, so that the database need not keep its snapshot. */
  void endTransaction() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    try {
      if (!connection.isClosed()) {
        connection.rollback();
      }
    } finally {
      connection.close();
    }
  }
}
