package dev.sluice.source.jdbc;

/**
 * A column of a table or query.
 *
 * @param name its name, in the case that the database keeps
 * @param type a constant of {@link java.sql.Types}
 * @param typeName what the database calls the type
 */
record Column(String name, int type, String typeName) {}
