package dev.sluice.sink.jdbc;

import dev.sluice.connector.SinkRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change with its statement and the values for it. Compared by identity.
 *
 * @param parameters converted, one for each column of the statement; not to be changed
 */
record BoundChange(SinkRecord record, RowStatement statement, @Nullable Object[] parameters) {

  /** The values of the key columns, in the table's order. */
  List<@Nullable Object> keyValues() {
    List<@Nullable Object> values = new ArrayList<>(statement.key().size());
    for (TargetColumn column : statement.key()) {
      values.add(parameters[statement.columns().indexOf(column)]);
    }
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** The record's place; never its contents. */
  @Override
  public String toString() {
    return statement.kind() + " " + record;
  }
}
