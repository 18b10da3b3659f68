package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/**
 * How to connect to a database. Prints neither the password nor one that is part of the URL.
 *
 * @param user empty for none
 * @param password empty for none
 */
record Login(String url, String user, String password) {

  private static final Pattern URL_SECRET =
      Pattern.compile("(?i)((?:password|passwd|pwd|secret)\\s*=\\s*)[^;&]*");
  private static final Pattern URL_USER_INFO = Pattern.compile("(//[^/@:]*:)[^/]*@");
  private static final Pattern ORACLE_USER_INFO = Pattern.compile("(jdbc:oracle:.*:[^/@]*/)[^@]*@");
  private static final String HIDDEN = "****";

  /**
   * Opens a connection that does not commit by itself. Drivers are asked directly rather than
   * through {@link java.sql.DriverManager}, which sees only those of its caller's class loader.
   *
   * @throws ConnectorException of category CONFIGURATION if no driver takes the URL
   */
  Connection connect() throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class, Login.class.getClassLoader())) {
      if (driver.acceptsURL(url)) {
        Connection connection = driver.connect(url, properties());
        if (connection != null) {
          connection.setAutoCommit(false);
          return connection;
        }
      }
    }
    throw ConnectorException.configuration(
        "jdbc-driver-missing",
        "No JDBC driver takes the URL " + shownUrl(),
        "Check the part behind 'jdbc:', or add the database's driver to the class path.");
  }

  /** The same, but H2, which makes a database that is not there, is kept from that. */
  Login onlyExisting() {
    boolean makes =
        url.startsWith("jdbc:h2:") && !url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=");
    return makes ? new Login(url + ";IFEXISTS=TRUE", user, password) : this;
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    // Settings in the URL win over these.
    if (url.startsWith("jdbc:postgresql:")) {
      properties.setProperty("reWriteBatchedInserts", "true");
      // Lets the server find the type of text: enums, JSON, network addresses, intervals.
      properties.setProperty("stringtype", "unspecified");
      properties.setProperty("ApplicationName", "sluice");
    } else if (url.startsWith("jdbc:mysql:")) {
      properties.setProperty("rewriteBatchedStatements", "true");
    }
    return properties;
  }

  /** The URL as people may see it. */
  String shownUrl() {
    String shown = URL_SECRET.matcher(url).replaceAll("$1" + HIDDEN);
    shown = ORACLE_USER_INFO.matcher(shown).replaceAll("$1" + HIDDEN + "@");
    return URL_USER_INFO.matcher(shown).replaceAll("$1" + HIDDEN + "@");
  }

  /** The text without this login's secrets. */
  String redact(String text) {
    String redacted = text.replace(url, shownUrl());
    return password.isEmpty() ? redacted : redacted.replace(password, HIDDEN);
  }

  @Override
  public String toString() {
    return shownUrl();
  }
}
