package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one sentence what happened to the database or the engine, and what to do about it. The
 * SQLSTATE decides (PostgreSQL's documentation, appendix "PostgreSQL Error Codes"), since texts
 * change with language and version.
 */
record EngineFailures(PostgresCdcConfig config) {

  /** Translates what the engine, or the driver, reported. */
  ConnectorException of(@Nullable String message, @Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectorException known) {
        return known;
      }
      if (cause instanceof SQLException sql) {
        return ofSql(sql);
      }
    }
    Throwable root = root(error);
    String text = root == null || root.getMessage() == null ? message : root.getMessage();
    return ConnectorException.external(
        "capture-failed",
        "Change capture from " + config.address() + " stopped: " + clean(text) + ".",
        null,
        error);
  }

  private ConnectorException ofSql(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    String database = "The database " + config.address();
    return switch (state) {
      case "28P01", "28000" ->
          new ConnectorException(
              ErrorCategory.CONFIGURATION,
              "login-refused",
              database + " refuses the login of user '" + config.user() + "'.",
              "Check the options 'user' and 'password', and the server's pg_hba.conf.",
              error);
      case "3D000" ->
          new ConnectorException(
              ErrorCategory.CONFIGURATION,
              "database-unknown",
              database + " does not exist.",
              "Check the database's name in the option 'url'.",
              error);
      case "08001", "08004", "08006", "08S01" ->
          external(
              "database-unreachable",
              database + " can't be reached: " + clean(error.getMessage()) + ".",
              "Check that it runs, and host and port in the option 'url'.",
              error);
      case "57P01", "57P02", "57P03" ->
          external(
              "database-stopping",
              database + " is shutting down or starting up.",
              "Wait until it is up again; the connector goes on by itself.",
              error);
      case "55006" ->
          external(
              "slot-busy",
              "The replication slot '" + config.slot() + "' is in use by another connection.",
              "Give each connector a 'slot' of its own, or wait until the server has dropped the"
                  + " old connection.",
              error);
      case "53300" ->
          external(
              "connections-exhausted",
              database + " has no connection left.",
              "Raise max_connections or max_wal_senders.",
              error);
      case "53400" ->
          external(
              "slots-exhausted",
              database + " has no replication slot left.",
              "Raise max_replication_slots or drop slots that nobody uses.",
              error);
      case "42501" ->
          external(
              "permission-missing",
              "The user '"
                  + config.user()
                  + "' lacks a permission: "
                  + clean(error.getMessage())
                  + ".",
              "Grant SELECT on the tables and REPLICATION to the user, and ownership of the tables"
                  + " or an existing 'publication'.",
              error);
      default ->
          external(
              "capture-failed",
              "Change capture from "
                  + config.address()
                  + " failed: "
                  + clean(error.getMessage())
                  + ".",
              null,
              error);
    };
  }

  private static ConnectorException external(
      String code, String message, @Nullable String suggestion, Throwable cause) {
    return ConnectorException.external(code, message, suggestion, cause);
  }

  private static @Nullable Throwable root(@Nullable Throwable error) {
    Throwable root = error;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** One line, without the full stop and without the password. */
  private String clean(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "no reason was given";
    }
    String line = text.lines().findFirst().orElse("").strip();
    String password = config.password();
    if (password != null && !password.isEmpty()) {
      line = line.replace(password, "****");
    }
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
