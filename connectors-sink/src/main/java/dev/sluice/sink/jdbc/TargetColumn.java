package dev.sluice.sink.jdbc;

/**
 * A column as the database describes it.
 *
 * @param name in the database's spelling
 * @param type of {@link java.sql.Types}
 * @param typeName the database's own name of the type
 * @param position from 1
 */
record TargetColumn(String name, int type, String typeName, int position) {}
