package dev.sluice.sink.jdbc;

import dev.sluice.connector.ConnectorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds the changes of one table to its columns. Belongs to one version of the table. */
final class Binder {

  /** Shapes of rows that are remembered; more are rendered anew. */
  private static final int MAX_SHAPES = 256;

  /** The fields of a change, by which its statement is found. */
  private record Shape(RowStatement.Kind kind, List<String> key, List<String> fields) {}

  /**
   * A statement, and the fields whose values it takes.
   *
   * @param absent fields without a column
   */
  private record Plan(RowStatement statement, List<String> fields, List<String> absent) {}

  private final TargetTable table;
  private final Dialect dialect;
  private final Values values;
  private final Map<Shape, Plan> plans =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, Plan> eldest) {
          return size() > MAX_SHAPES;
        }
      };

  Binder(TargetTable table, Dialect dialect, Values values) {
    this.table = table;
    this.dialect = dialect;
    this.values = values;
  }

  TargetTable table() {
    return table;
  }

  /** The fields of the change that hold something and have no column. */
  List<String> missing(Change change) {
    Map<String, @Nullable Object> row = row(change);
    return plan(change, row).absent().stream().filter(field -> row.get(field) != null).toList();
  }

  /**
   * The change with its statement and values; fields without a column are left out.
   *
   * @throws ConnectorException of category DATA if a value does not fit its column
   */
  BoundChange bind(Change change) {
    Map<String, @Nullable Object> row = row(change);
    Plan plan = plan(change, row);
    List<TargetColumn> columns = plan.statement().columns();
    @Nullable Object[] parameters = new @Nullable Object[columns.size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = values.convert(row.get(plan.fields().get(i)), columns.get(i));
    }
    return new BoundChange(change.record(), plan.statement(), parameters);
  }

  /** All fields of the change, those of the key among them. */
  private Map<String, @Nullable Object> row(Change change) {
    return switch (change) {
      case Change.Insert insert -> insert.row();
      case Change.Delete delete -> new LinkedHashMap<>(key(delete.key()));
      case Change.Upsert upsert -> {
        Map<String, Object> key = key(upsert.key());
        if (upsert.row().keySet().containsAll(key.keySet())) {
          yield upsert.row();
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>(key);
        for (Map.Entry<String, @Nullable Object> field : upsert.row().entrySet()) {
          if (!isKey(field.getKey(), key.keySet())) {
            row.put(field.getKey(), field.getValue());
          }
        }
        yield row;
      }
    };
  }

  /** Whether the field and one of the key name the same column, perhaps in another spelling. */
  private boolean isKey(String field, Set<String> key) {
    return key.contains(field)
        || key.stream()
            .anyMatch(
                name ->
                    table.column(name).equals(table.column(field))
                        && table.column(name).isPresent());
  }

  private Map<String, Object> key(RowKey key) {
    return switch (key) {
      case RowKey.Named named -> named.columns();
      case RowKey.OfPrimaryKey single -> {
        if (table.primaryKey().size() != 1) {
          throw ConnectorException.configuration(
              "jdbc-key-columns-unknown",
              "The records' keys are plain values, and table "
                  + table.name()
                  + " has no primary key of one column to hold them.",
              "Name fields of the value in 'key-columns', or give the table such a key.");
        }
        yield Map.of(table.primaryKey().getFirst(), single.value());
      }
    };
  }

  private Plan plan(Change change, Map<String, @Nullable Object> row) {
    List<String> key =
        switch (change) {
          case Change.Insert insert -> List.of();
          case Change.Upsert upsert -> List.copyOf(key(upsert.key()).keySet());
          case Change.Delete delete -> List.copyOf(key(delete.key()).keySet());
        };
    Shape shape = new Shape(kind(change), key, List.copyOf(row.keySet()));
    Plan plan = plans.get(shape);
    if (plan == null) {
      plan = plan(shape);
      plans.put(shape, plan);
    }
    return plan;
  }

  private static RowStatement.Kind kind(Change change) {
    return switch (change) {
      case Change.Insert insert -> RowStatement.Kind.INSERT;
      case Change.Upsert upsert -> RowStatement.Kind.UPSERT;
      case Change.Delete delete -> RowStatement.Kind.DELETE;
    };
  }

  private Plan plan(Shape shape) {
    List<String> fields = new ArrayList<>();
    List<TargetColumn> columns = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    Set<TargetColumn> seen = new HashSet<>();
    for (String field : shape.fields()) {
      TargetColumn column = table.column(field).orElse(null);
      if (column == null) {
        absent.add(field);
      } else if (seen.add(column)) {
        fields.add(field);
        columns.add(column);
      } else {
        throw ConnectorException.data(
            "jdbc-fields-collide",
            "Field '" + field + "' and another one both belong to column " + column.name() + ".",
            null);
      }
    }
    List<TargetColumn> key =
        shape.key().stream()
            .flatMap(name -> table.column(name).stream())
            .sorted(Comparator.comparingInt(TargetColumn::position))
            .toList();
    return new Plan(
        new RowStatement(shape.kind(), table, columns, key, sql(shape.kind(), columns, key)),
        List.copyOf(fields),
        List.copyOf(absent));
  }

  private String sql(RowStatement.Kind kind, List<TargetColumn> columns, List<TargetColumn> key) {
    List<String> names = columns.stream().map(TargetColumn::name).toList();
    List<String> keyNames = key.stream().map(TargetColumn::name).toList();
    return switch (kind) {
      case INSERT -> dialect.insert(table.name(), names);
      case UPSERT -> dialect.upsert(table.name(), names, keyNames);
      case DELETE -> dialect.delete(table.name(), names);
    };
  }
}
