package dev.sluice.sink.jdbc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.CreateTableElementListStep;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.tools.jdbc.JDBCUtils;

/**
 * SQL text for one kind of database, with every name quoted and a {@code ?} for each value, in the
 * order of the columns given. Immutable.
 */
final class Dialect {

  private static final Set<SQLDialect> UPSERTING =
      Set.of(
          SQLDialect.H2,
          SQLDialect.POSTGRES,
          SQLDialect.MYSQL,
          SQLDialect.MARIADB,
          SQLDialect.SQLITE);

  private static final int KEY_CHARACTERS = 255;

  private final SQLDialect dialect;
  private final DSLContext dsl;

  private Dialect(SQLDialect dialect) {
    this.dialect = dialect;
    this.dsl =
        DSL.using(
            dialect,
            new Settings().withRenderQuotedNames(RenderQuotedNames.ALWAYS).withRenderSchema(true));
  }

  /** The dialect that a JDBC URL calls for. */
  static Dialect of(String url) {
    return new Dialect(JDBCUtils.dialect(url).family());
  }

  /** Whether the dialect that a JDBC URL calls for has an upsert; cheap, since it makes no SQL. */
  static boolean canUpsert(String url) {
    return UPSERTING.contains(JDBCUtils.dialect(url).family());
  }

  /** Whether text is compared without regard to case unless one says otherwise. */
  static boolean ignoresCase(String url) {
    SQLDialect dialect = JDBCUtils.dialect(url).family();
    return dialect == SQLDialect.MYSQL || dialect == SQLDialect.MARIADB;
  }

  String insert(TableName table, List<String> columns) {
    return insertStep(table, columns).getSQL();
  }

  /** Inserts a row, or updates the columns that are not part of the key. */
  String upsert(TableName table, List<String> columns, List<String> key) {
    return switch (dialect) {
      case H2 ->
          // H2's own MERGE, which is one look-up; the standard MERGE that jOOQ emulates is slower.
          dsl.mergeInto(table(table), fields(columns))
              .key(fields(key))
              .values(parameters(columns))
              .getSQL();
      case MYSQL, MARIADB -> {
        // Setting a key column to itself is how MySQL is told to do nothing.
        List<String> updated = without(columns, key).isEmpty() ? key : without(columns, key);
        yield insertStep(table, columns).onDuplicateKeyUpdate().set(excluded(updated)).getSQL();
      }
      case POSTGRES, SQLITE ->
          without(columns, key).isEmpty()
              ? insertStep(table, columns).onConflict(fields(key)).doNothing().getSQL()
              : insertStep(table, columns)
                  .onConflict(fields(key))
                  .doUpdate()
                  .set(excluded(without(columns, key)))
                  .getSQL();
      default -> throw new IllegalStateException("no upsert in " + dialect);
    };
  }

  String delete(TableName table, List<String> key) {
    return dsl.deleteFrom(table(table))
        .where(key.stream().map(name -> field(name).eq(parameter())).toList())
        .getSQL();
  }

  /**
   * Creates a table unless it exists.
   *
   * @param key the primary key's columns; empty for none
   */
  String createTable(TableName table, Map<String, FieldType> columns, List<String> key) {
    CreateTableElementListStep create = dsl.createTableIfNotExists(table(table));
    for (Map.Entry<String, FieldType> column : columns.entrySet()) {
      boolean isKey = key.contains(column.getKey());
      create = create.column(DSL.name(column.getKey()), type(column.getValue(), isKey));
    }
    return (key.isEmpty() ? create : create.constraint(DSL.primaryKey(fields(key)))).getSQL();
  }

  String addColumn(TableName table, String column, FieldType type) {
    return dsl.alterTable(table(table)).addColumn(DSL.name(column), type(type, false)).getSQL();
  }

  private DataType<?> type(FieldType type, boolean isKey) {
    boolean mysql = dialect == SQLDialect.MYSQL || dialect == SQLDialect.MARIADB;
    DataType<?> chosen =
        switch (type) {
          case BOOLEAN -> SQLDataType.BOOLEAN;
          case INTEGER -> SQLDataType.BIGINT;
          case DECIMAL ->
              switch (dialect) {
                case H2 -> SQLDataType.DECFLOAT;
                case POSTGRES -> SQLDataType.NUMERIC;
                default -> SQLDataType.DOUBLE;
              };
          case TEXT, UNKNOWN -> {
            DataType<String> bounded = SQLDataType.VARCHAR(KEY_CHARACTERS);
            DataType<String> open = mysql ? SQLDataType.CLOB : SQLDataType.VARCHAR;
            yield mysql && isKey ? bounded : open;
          }
        };
    return chosen.nullable(!isKey);
  }

  private InsertOnDuplicateStep<Record> insertStep(TableName table, List<String> columns) {
    return dsl.insertInto(table(table), fields(columns)).values(parameters(columns));
  }

  private static Map<Field<Object>, Field<Object>> excluded(List<String> columns) {
    Map<Field<Object>, Field<Object>> set = new LinkedHashMap<>();
    for (String column : columns) {
      set.put(field(column), DSL.excluded(field(column)));
    }
    return set;
  }

  private static List<String> without(List<String> columns, List<String> key) {
    return columns.stream().filter(column -> !key.contains(column)).toList();
  }

  private static Table<Record> table(TableName table) {
    Name name =
        table.schema().isPresent()
            ? DSL.name(table.schema().get(), table.table())
            : DSL.name(table.table());
    return DSL.table(name);
  }

  private static List<Field<Object>> fields(List<String> columns) {
    return columns.stream().map(Dialect::field).toList();
  }

  private static Field<Object> field(String column) {
    return DSL.field(DSL.name(column));
  }

  private static Collection<Field<Object>> parameters(List<String> columns) {
    return columns.stream().map(column -> parameter()).toList();
  }

  private static Field<Object> parameter() {
    return DSL.field("?");
  }
}
