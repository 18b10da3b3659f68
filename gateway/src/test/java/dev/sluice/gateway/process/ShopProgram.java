package dev.sluice.gateway.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A program that inserts, updates and deletes items in transactions of several changes, some of
 * which it rolls back. It remembers every committed change and the last state of every row.
 */
final class ShopProgram implements AutoCloseable {

  private static final int MOST_IN_TRANSACTION = 20;

  private final Connection connection;
  private final int items;
  private final Random random;
  private final Deliveries changes = new Deliveries();
  private TreeMap<Integer, Long> rows = new TreeMap<>();
  private long revision;

  /**
   * A program that has done nothing yet.
   *
   * @param items how many rows there may be: with few, each has a long history; with many, most
   *     changes are the last of their row, and a lost one is seen in its state
   */
  ShopProgram(ShopDatabase shop, int items, Random random) throws SQLException {
    this.items = items;
    this.connection = shop.connect();
    this.connection.setAutoCommit(false);
    this.random = random;
  }

  /** Makes about so many changes. */
  void feed(int records, Pace pace) throws Exception {
    for (int left = records; left > 0; ) {
      int count = transaction();
      left -= count;
      pace.fed(count);
    }
  }

  /** Inserts rows that are not touched again. */
  void prepare(int count) throws SQLException {
    for (int id = items; id < items + count; id++) {
      write("insert into items (rev, note, id) values (?, ?, ?)", revision, id);
      rows.put(id, revision);
      changes.add(Integer.toString(id), "upsert " + revision++);
    }
    connection.commit();
  }

  /** One transaction; answers how many changes were committed. */
  private int transaction() throws SQLException {
    TreeMap<Integer, Long> after = new TreeMap<>(rows);
    List<Map.Entry<String, String>> made = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_IN_TRANSACTION);
    for (int i = 0; i < count; i++) {
      int id = random.nextInt(items);
      String key = Integer.toString(id);
      Long before = after.get(id);
      if (before != null && random.nextInt(4) == 0) {
        delete(id);
        after.remove(id);
        made.add(Map.entry(key, "delete " + before));
        made.add(Map.entry(key, "tombstone " + before));
        continue;
      }
      String statement =
          before == null
              ? "insert into items (rev, note, id) values (?, ?, ?)"
              : "update items set rev = ?, note = ? where id = ?";
      write(statement, revision, id);
      after.put(id, revision);
      made.add(Map.entry(key, "upsert " + revision++));
    }
    if (random.nextInt(10) == 0) {
      connection.rollback();
      return 0;
    }
    connection.commit();
    rows = after;
    made.forEach(change -> changes.add(change.getKey(), change.getValue()));
    return count;
  }

  private void write(String sql, long rev, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, rev);
      statement.setString(2, note(rev));
      statement.setInt(3, id);
      int unused = statement.executeUpdate();
    }
  }

  private void delete(int id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("delete from items where id = ?")) {
      statement.setInt(1, id);
      int unused = statement.executeUpdate();
    }
  }

  private static String note(long rev) {
    return "note of revision " + rev;
  }

  /** Every committed change by row; a delete counts twice, once as its tombstone. */
  Deliveries changes() {
    return changes;
  }

  /** The rows as they should be, as {@link ShopDatabase#rows} answers them. */
  List<String> rows() {
    return rows.entrySet().stream()
        .map(row -> row.getKey() + " " + row.getValue() + " " + note(row.getValue()))
        .toList();
  }

  /** The changes that a topic holds. */
  static Deliveries changesIn(List<JsonNode> records) {
    Deliveries changes = new Deliveries();
    Map<String, String> deleted = new TreeMap<>();
    for (JsonNode record : records) {
      String key = record.path("key").path("id").asText();
      JsonNode value = record.path("value");
      if (value.isNull()) {
        changes.add(key, "tombstone " + deleted.get(key));
      } else if (value.path("op").asText().equals("d")) {
        String revision = value.path("before").path("rev").asText();
        deleted.put(key, revision);
        changes.add(key, "delete " + revision);
      } else {
        changes.add(key, "upsert " + value.path("after").path("rev").asText());
      }
    }
    return changes;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
