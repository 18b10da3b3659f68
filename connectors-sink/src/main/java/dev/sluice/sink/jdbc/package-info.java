/**
 * The {@code jdbc} sink. A record becomes a {@code Change} of a table; changes are bound to the
 * table's columns, thinned out to the last one of each key, and written in batches, one transaction
 * for each put. jOOQ renders SQL for the database's dialect; plain JDBC runs it.
 */
@NullMarked
package dev.sluice.sink.jdbc;

import org.jspecify.annotations.NullMarked;
