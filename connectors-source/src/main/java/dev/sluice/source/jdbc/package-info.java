/**
 * Databases as sources, by polling: a query per table that asks for what is behind the position, in
 * the order of a cursor (an incrementing column, a timestamp column, or both). jOOQ renders names
 * and conditions for the database at hand; plain JDBC streams the rows.
 */
@NullMarked
package dev.sluice.source.jdbc;

import org.jspecify.annotations.NullMarked;
