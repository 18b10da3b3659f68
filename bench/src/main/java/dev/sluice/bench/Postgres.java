package dev.sluice.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An embedded PostgreSQL with logical decoding. Used by one thread. */
final class Postgres implements AutoCloseable {

  static final String USER = "postgres";
  static final String DATABASE = "postgres";

  private final EmbeddedPostgres server;
  private final Connection connection;

  private Postgres(EmbeddedPostgres server, Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  static Postgres start() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("wal_level", "logical").start();
    return new Postgres(server, server.getPostgresDatabase().getConnection());
  }

  int port() {
    return server.getPort();
  }

  String jdbcUrl() {
    return "jdbc:postgresql://localhost:" + port() + "/" + DATABASE;
  }

  void sql(String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(text);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    server.close();
  }
}
