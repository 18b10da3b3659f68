package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.sql.BatchUpdateException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLSyntaxErrorException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who can mend a failure of the database, by the SQLState's class (ISO/IEC 9075, and the
 * appendices of PostgreSQL's and H2's manuals). What is not known to be the data's or the options'
 * fault counts as the database's, so that nothing is thrown away.
 */
final class JdbcFailures {

  /** Wrong data: cardinality, data exception, integrity, check option, dynamic type, limits. */
  private static final Set<String> DATA = Set.of("07", "21", "22", "23", "44", "54", "P0");

  /** Wrong options: feature missing, credentials, database or schema missing, syntax and names. */
  private static final Set<String> CONFIGURATION = Set.of("0A", "0L", "0P", "28", "3D", "3F", "42");

  /** H2: schema not found, database not found (twice), a setting of the URL is unknown. */
  private static final Set<String> H2_CONFIGURATION = Set.of("90079", "90146", "90149", "90113");

  /** MySQL and MariaDB, under the catch-all state HY000: no default, wrong value, check failed. */
  private static final Set<Integer> MYSQL_DATA = Set.of(1364, 1366, 3819, 4025);

  /** SQLite has no states; the lower byte of its code 19 means a constraint. */
  private static final int SQLITE_CONSTRAINT = 19;

  private final Login login;

  JdbcFailures(Login login) {
    this.login = login;
  }

  /** The failure as people are told of it. */
  ConnectorException of(SQLException failure) {
    SQLException root = root(failure);
    ErrorCategory category = category(root);
    String raw = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    String message = login.redact(raw);
    String state = String.valueOf(root.getSQLState());
    return new ConnectorException(
        category,
        code(category),
        subject(category) + message + " (SQLState " + state + ")",
        suggestion(category, state),
        // The driver's own text must not pass on with the secret in it.
        message.equals(raw) ? failure : null);
  }

  private static SQLException root(SQLException failure) {
    SQLException next = failure.getNextException();
    return failure instanceof BatchUpdateException && next != null ? next : failure;
  }

  private static ErrorCategory category(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
    if (DATA.contains(stateClass)
        || failure instanceof SQLIntegrityConstraintViolationException
        || failure instanceof SQLDataException
        || (stateClass.equals("HY") && MYSQL_DATA.contains(failure.getErrorCode()))
        || isSqliteConstraint(failure)) {
      return ErrorCategory.DATA;
    }
    if (CONFIGURATION.contains(stateClass)
        || H2_CONFIGURATION.contains(state)
        || failure instanceof SQLSyntaxErrorException
        || failure instanceof SQLInvalidAuthorizationSpecException) {
      return ErrorCategory.CONFIGURATION;
    }
    return ErrorCategory.EXTERNAL;
  }

  private static boolean isSqliteConstraint(SQLException failure) {
    return failure.getClass().getName().startsWith("org.sqlite.")
        && (failure.getErrorCode() & 0xff) == SQLITE_CONSTRAINT;
  }

  private static String code(ErrorCategory category) {
    return switch (category) {
      case DATA -> "jdbc-row-refused";
      case CONFIGURATION -> "jdbc-statement-refused";
      case EXTERNAL, RESOURCE, INTERNAL -> "jdbc-unavailable";
    };
  }

  private String subject(ErrorCategory category) {
    return category == ErrorCategory.DATA
        ? "The database refuses the row: "
        : "Database " + login.shownUrl() + ": ";
  }

  private static @Nullable String suggestion(ErrorCategory category, String state) {
    return switch (category) {
      case DATA -> "Mend the record, or the table's types and constraints.";
      case CONFIGURATION ->
          switch (state) {
            case "28000", "28P01" -> "Check 'user' and 'password'.";
            case "42P10" ->
                "Give the table a primary key or unique constraint on just the key columns, or"
                    + " choose 'mode: insert'.";
            case "42501" -> "Grant the user the right to do this.";
            default -> "Check 'url', 'table' and the table's columns.";
          };
      case EXTERNAL, RESOURCE, INTERNAL -> "Check that the database runs and can be reached.";
    };
  }
}
