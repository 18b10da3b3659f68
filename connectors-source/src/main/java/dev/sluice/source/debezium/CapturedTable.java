package dev.sluice.source.debezium;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that exists and is to be captured, its names as stored.
 *
 * @param estimatedRows about how many rows it has, as the server counted last, or null if it has
 *     not
 * @param keyed whether a primary key or a unique index tells its rows apart
 * @param readable whether the user may read it
 * @param owned whether the user may do what its owner may, such as publish it
 */
record CapturedTable(
    String schema,
    String name,
    @Nullable Long estimatedRows,
    boolean keyed,
    boolean readable,
    boolean owned) {

  private static final String ALL =
      "SELECT n.nspname, c.relname, c.reltuples::bigint,"
          + " EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid"
          + " AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL),"
          + " pg_catalog.has_table_privilege(c.oid, 'SELECT'),"
          + " pg_catalog.pg_has_role(c.relowner, 'USAGE')"
          + " FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p'"
          + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
          + " AND n.nspname NOT LIKE 'pg\\_%' ORDER BY n.nspname, c.relname";

  /** All of them, by name. */
  static List<CapturedTable> list(Inquiry inquiry, PostgresCdcConfig config) throws SQLException {
    return inquiry.rows(CapturedTable::read, ALL).stream()
        .filter(
            table ->
                config.tables().isEmpty()
                    || config.tables().stream()
                        .anyMatch(pattern -> pattern.matches(table.schema(), table.name())))
        .toList();
  }

  private static CapturedTable read(ResultSet row) throws SQLException {
    long rows = row.getLong(3);
    return new CapturedTable(
        row.getString(1),
        row.getString(2),
        rows > 0 ? rows : null,
        row.getBoolean(4),
        row.getBoolean(5),
        row.getBoolean(6));
  }

  /** {@code schema.table}. */
  String qualified() {
    return schema + "." + name;
  }
}
