package dev.sluice.sink.jdbc;

import java.util.Optional;

/**
 * A table as named in options, before the database's own spelling is known.
 *
 * @param schema empty for the connection's own
 */
record TableName(Optional<String> schema, String table) {

  @Override
  public String toString() {
    return schema.map(name -> name + "." + table).orElse(table);
  }
}
