package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Says what a database's refusal means, without secrets: URL and password are cut from the driver's
 * own words, too, and the driver's exception is not chained but copied.
 */
final class Failures {

  private final JdbcOptions.Login login;

  Failures(JdbcOptions.Login login) {
    this.login = login;
  }

  /** While connecting: a refused login or an unknown database is for people to mend. */
  ConnectorException connecting(SQLException failed) {
    String state = Objects.requireNonNullElse(failed.getSQLState(), "");
    if (state.startsWith("28") || state.startsWith("3D")) {
      return new ConnectorException(
          ErrorCategory.CONFIGURATION,
          "database-login",
          "The database " + login + " refuses the login: " + words(failed),
          "Check 'user', 'password' and the database name in 'url'.",
          copy(failed));
    }
    return ConnectorException.external(
        "database-unreachable",
        "The database " + login + " can't be reached: " + words(failed),
        "Check that it runs and that 'url' is right; it is tried again by itself.",
        copy(failed));
  }

  /** While looking at tables and columns, or at the query that was configured. */
  ConnectorException preparing(String what, SQLException failed) {
    String state = Objects.requireNonNullElse(failed.getSQLState(), "");
    return state.startsWith("42")
        ? new ConnectorException(
            ErrorCategory.CONFIGURATION,
            "sql-refused",
            "The database " + login + " refuses " + what + ": " + words(failed),
            "Check the names, the query and the rights of the user.",
            copy(failed))
        : polling(failed);
  }

  /** While reading rows. */
  ConnectorException polling(SQLException failed) {
    return ConnectorException.external(
        "database-failed",
        "Reading from the database " + login + " failed: " + words(failed),
        "It is tried again by itself.",
        copy(failed));
  }

  private String words(SQLException failed) {
    return scrub(Objects.requireNonNullElse(failed.getMessage(), "no reason given"));
  }

  private String scrub(String text) {
    String safe = text.replace(login.url(), SafeUrl.of(login.url()));
    String password = login.password().orElse("");
    return password.isEmpty() ? safe : safe.replace(password, "****");
  }

  private SQLException copy(SQLException failed) {
    SQLException copy =
        new SQLException(words(failed), failed.getSQLState(), failed.getErrorCode());
    copy.setStackTrace(failed.getStackTrace());
    return copy;
  }
}
