package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SourcePosition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Looks at the database before the engine does, so that what is missing is told by name: the login,
 * the server's settings, tables, publication, and a slot that no longer fits the stored position.
 */
record Preflight(PostgresCdcConfig config) {

  /**
   * What is there.
   *
   * @param serverVersion as {@link Inquiry#serverVersion}
   */
  record Found(int serverVersion, List<CapturedTable> tables) {}

  /** At most so many tables are named. */
  private static final int NAMED_TABLES = 10;

  /**
   * Checks.
   *
   * @param positions where the connector is about to go on
   * @throws ConnectorException what is wrong
   * @throws SQLException as the driver reports it
   */
  Found check(List<SourcePosition> positions) throws SQLException {
    try (Inquiry inquiry = Inquiry.open(config)) {
      checkWalLevel(inquiry);
      checkTables(inquiry);
      checkPublication(inquiry);
      checkSlot(inquiry, positions);
      return new Found(inquiry.serverVersion(), CapturedTable.list(inquiry, config));
    }
  }

  /**
   * Checks what only reading rows needs.
   *
   * @throws ConnectorException what is wrong
   * @throws SQLException as the driver reports it
   */
  void checkReading() throws SQLException {
    try (Inquiry inquiry = Inquiry.open(config)) {
      checkTables(inquiry);
    }
  }

  /**
   * Checks what a start needs and tells what it found, without making anything.
   *
   * @throws ConnectorException what is wrong
   * @throws SQLException as the driver reports it
   */
  ConnectionReport report() throws SQLException {
    try (Inquiry inquiry = Inquiry.open(config)) {
      List<String> facts = new ArrayList<>();
      facts.add("PostgreSQL " + inquiry.first("SHOW server_version"));
      checkWalLevel(inquiry);
      facts.add("wal_level is " + inquiry.first("SHOW wal_level"));
      checkTables(inquiry);
      List<CapturedTable> tables = CapturedTable.list(inquiry, config);
      facts.add(tablesInWords(tables));
      checkReadable(tables);
      if (config.snapshot() != PostgresCdcConfig.Snapshot.ONLY) {
        checkReplicationRight(inquiry);
        facts.add(publicationInWords(inquiry, tables));
        facts.add(slotInWords(inquiry));
      }
      return new ConnectionReport(facts);
    }
  }

  private static String tablesInWords(List<CapturedTable> tables) {
    if (tables.isEmpty()) {
      return "No table matches yet";
    }
    String names =
        tables.stream()
            .limit(NAMED_TABLES)
            .map(CapturedTable::qualified)
            .collect(Collectors.joining(", "));
    return (tables.size() == 1 ? "1 table matches: " : tables.size() + " tables match: ")
        + names
        + (tables.size() > NAMED_TABLES ? ", …" : "");
  }

  private void checkReadable(List<CapturedTable> tables) {
    List<String> closed =
        tables.stream()
            .filter(table -> !table.readable())
            .map(CapturedTable::qualified)
            .limit(NAMED_TABLES)
            .toList();
    if (!closed.isEmpty()) {
      throw permissionMissing(
          "may not read " + String.join(", ", closed), "Grant SELECT on the tables to the user.");
    }
  }

  private void checkReplicationRight(Inquiry inquiry) throws SQLException {
    if (inquiry.first(
            "SELECT 1 FROM pg_catalog.pg_roles r WHERE r.rolname = current_user"
                + " AND (r.rolreplication OR r.rolsuper OR EXISTS (SELECT 1"
                + " FROM pg_catalog.pg_auth_members m"
                + " JOIN pg_catalog.pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid"
                + " AND g.rolname IN ('rds_superuser', 'rds_replication')))")
        == null) {
      throw permissionMissing("may not replicate", "ALTER USER ... WITH REPLICATION.");
    }
  }

  private String publicationInWords(Inquiry inquiry, List<CapturedTable> tables)
      throws SQLException {
    boolean there =
        inquiry.first(
                "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = ?",
                config.publicationName())
            != null;
    if (config.publication() != null) {
      checkPublication(inquiry);
      return "The publication " + config.publicationName() + " is there";
    }
    List<String> foreign =
        tables.stream()
            .filter(table -> !table.owned())
            .map(CapturedTable::qualified)
            .limit(NAMED_TABLES)
            .toList();
    if (!there && !foreign.isEmpty()) {
      throw permissionMissing(
          "does not own " + String.join(", ", foreign) + ", which publishing needs",
          "Have the owner create a publication, and name it in the option 'publication'.");
    }
    return "The publication " + config.publicationName() + (there ? " is there" : " will be made");
  }

  private String slotInWords(Inquiry inquiry) throws SQLException {
    String active =
        inquiry.first(
            "SELECT active FROM pg_catalog.pg_replication_slots WHERE slot_name = ?",
            config.slot());
    if (active == null) {
      checkFreeSlot(inquiry);
      return "The replication slot " + config.slot() + " will be made";
    }
    return "The replication slot "
        + config.slot()
        + (active.startsWith("t")
            ? " is in use, by this connector if it runs already"
            : " is there and free");
  }

  private void checkFreeSlot(Inquiry inquiry) throws SQLException {
    if (inquiry.first(
            "SELECT 1 WHERE (SELECT count(*) FROM pg_catalog.pg_replication_slots)"
                + " < current_setting('max_replication_slots')::int")
        == null) {
      throw ConnectorException.external(
          "slots-exhausted",
          "The database " + config.address() + " has no replication slot left.",
          "Raise max_replication_slots or drop slots that nobody uses.",
          null);
    }
  }

  private ConnectorException permissionMissing(String what, String suggestion) {
    return ConnectorException.external(
        "permission-missing", "The user '" + config.user() + "' " + what + ".", suggestion, null);
  }

  private void checkWalLevel(Inquiry inquiry) throws SQLException {
    String level = inquiry.first("SHOW wal_level");
    if (!"logical".equals(level) && config.snapshot() != PostgresCdcConfig.Snapshot.ONLY) {
      throw ConnectorException.external(
          "wal-level",
          "The database server writes no logical changes: wal_level is '" + level + "'.",
          "Set wal_level = logical in postgresql.conf and restart the server.",
          null);
    }
  }

  private void checkTables(Inquiry inquiry) throws SQLException {
    List<String> missing = new ArrayList<>();
    for (TablePattern table : config.tables()) {
      if (table.exact()
          && inquiry.first(
                  "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                      + " ON n.oid = c.relnamespace"
                      + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')",
                  table.schema(),
                  table.table())
              == null) {
        missing.add(table.toString());
      }
    }
    if (!missing.isEmpty()) {
      throw ConnectorException.external(
          "table-missing",
          "The database " + config.address() + " has no table " + String.join(", ", missing) + ".",
          "Create it, or correct the option 'tables'; names are case-sensitive.",
          null);
    }
  }

  private void checkPublication(Inquiry inquiry) throws SQLException {
    String publication = config.publication();
    if (publication == null) {
      new OwnPublication(config).extend(inquiry);
    } else if (inquiry.first(
            "SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = ?", publication)
        == null) {
      throw ConnectorException.external(
          "publication-missing",
          "The publication '" + publication + "' does not exist.",
          "CREATE PUBLICATION " + publication + " FOR TABLE ..., or leave the option out.",
          null);
    }
  }

  /** A slot that is gone, or has moved on without us, would leave changes out in silence. */
  private void checkSlot(Inquiry inquiry, List<SourcePosition> positions) throws SQLException {
    Long streamed = streamedTo(positions);
    if (streamed == null || config.snapshot() == PostgresCdcConfig.Snapshot.WHEN_NEEDED) {
      return;
    }
    String confirmed =
        inquiry.first(
            "SELECT confirmed_flush_lsn FROM pg_catalog.pg_replication_slots WHERE slot_name = ?",
            config.slot());
    if (confirmed == null) {
      throw lost("is gone");
    }
    if (LogSequenceNumber.valueOf(confirmed).asLong() > streamed) {
      throw lost("has moved on without this connector");
    }
  }

  private ConnectorException lost(String what) {
    return ConnectorException.external(
        "slot-lost",
        "The replication slot '" + config.slot() + "' " + what + ", so changes may be missing.",
        "Stop the connector and reset its positions, so that it takes a new snapshot; or set"
            + " 'snapshot' to when-needed.",
        null);
  }

  /** The newest log sequence number that is stored, or null if streaming has not begun. */
  private static @Nullable Long streamedTo(List<SourcePosition> positions) {
    for (SourcePosition position : positions) {
      Map<String, Object> offset = position.offset();
      if (offset != null && !offset.containsKey("snapshot")) {
        return LongStream.of(
                number(offset, "lsn"), number(offset, "lsn_proc"), number(offset, "lsn_commit"))
            .max()
            .getAsLong();
      }
    }
    return null;
  }

  private static long number(Map<String, Object> offset, String name) {
    return offset.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
