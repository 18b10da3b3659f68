package dev.sluice.gateway.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL that decodes its log, with a table {@code items} in the schema {@code public} and an
 * empty one like it in the schema {@code mirror}. Everything that is written to the mirror is noted
 * in {@code mirror.writes}.
 */
public final class ShopDatabase implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final Connection connection;

  public ShopDatabase() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().setServerConfig("wal_level", "logical").start();
    connection = server.getPostgresDatabase().getConnection();
    execute(
        """
        create table public.items (id int primary key, rev bigint not null, note text);
        alter table public.items replica identity full;
        create schema mirror;
        create table mirror.items (id int primary key, rev bigint not null, note text);
        create table mirror.writes (id int, rev bigint, op text);
        create function mirror.noted() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' then
            insert into mirror.writes values (old.id, old.rev, 'delete');
          else
            insert into mirror.writes values (new.id, new.rev, 'upsert');
          end if;
          return null;
        end $$;
        create trigger noted after insert or update or delete on mirror.items
          for each row execute function mirror.noted()
        """);
  }

  public int port() {
    return server.getPort();
  }

  public String user() {
    return "postgres";
  }

  /** A new connection of its own. */
  public Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  public synchronized void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  /** The only number that a query answers. */
  public synchronized long number(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      if (!result.next()) {
        throw new IllegalStateException("No answer to " + query);
      }
      return result.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The rows of a table like {@code items}, each as id, revision and note, by id. */
  public synchronized List<String> rows(String table) {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select id, rev, note from " + table + " order by id")) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getInt(1) + " " + result.getLong(2) + " " + result.getString(3));
      }
      return rows;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    server.close();
  }
}
