package dev.sluice.source.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The statement of one poll: all rows behind the position in the order of the cursor, up to a
 * moment. With cursor columns a, b "behind" is {@code a > ? or (a = ? and b > ?)}. Rows that are
 * null in one of them have no place in the order and are left out.
 *
 * @param text its SQL
 * @param values what to bind, in order
 */
record PollStatement(String text, List<Object> values) {

  /**
   * Makes the statement.
   *
   * @param after the values to go on behind, or empty to begin with the first row
   * @param until rows of this moment or later are left out, if the cursor begins with a time
   */
  static PollStatement of(
      DSLContext sql, PolledTable table, Optional<List<Object>> after, Instant until, ZoneId zone) {
    if (table.cursor().isEmpty()) {
      return new PollStatement("select * from " + table.from(), List.of());
    }
    List<Object> values = new ArrayList<>();
    Condition condition =
        after.map(bounds -> behind(table.cursor(), bounds, values)).orElse(DSL.noCondition());
    CursorColumn first = table.cursor().getFirst();
    if (first.kind().isTime()) {
      condition = condition.and(field(first).lt(parameter(first.bound(until, zone), values)));
    }
    for (CursorColumn column : table.cursor()) {
      condition = condition.and(field(column).isNotNull());
    }
    String order =
        String.join(
            ", ", table.cursor().stream().map(column -> sql.render(field(column))).toList());
    return new PollStatement(
        "select * from " + table.from() + " where " + sql.render(condition) + " order by " + order,
        values);
  }

  private static Condition behind(
      List<CursorColumn> cursor, List<Object> bounds, List<Object> values) {
    Condition behind = DSL.noCondition();
    for (int i = 0; i < cursor.size(); i++) {
      Condition here = DSL.noCondition();
      for (int j = 0; j < i; j++) {
        here = here.and(field(cursor.get(j)).eq(parameter(bounds.get(j), values)));
      }
      here = here.and(field(cursor.get(i)).gt(parameter(bounds.get(i), values)));
      behind = behind.or(here);
    }
    return behind;
  }

  private static Field<Object> field(CursorColumn column) {
    return DSL.field(DSL.quotedName(column.name()), SQLDataType.OTHER);
  }

  /** A question mark, whose value is bound by JDBC as the type that it has in Java. */
  private static Field<Object> parameter(Object value, List<Object> values) {
    values.add(value);
    return DSL.field("?", SQLDataType.OTHER, value);
  }

  void bindTo(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
