package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;

/** The source {@code jdbc}. */
public final class JdbcSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(JdbcSourceType.class);

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public String title() {
    return "Database tables (JDBC polling)";
  }

  @Override
  public String description() {
    return "Polls tables or a query of any JDBC database for rows that are new or changed, by an"
        + " incrementing column, a timestamp column or both. Deleted rows are not noticed; rows of"
        + " transactions that commit late can be missed, see 'timestamp-delay'. For every change"
        + " use change-data-capture.";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void check(Options options) {
    JdbcOptions.from(options);
  }

  @Override
  public void checkExactlyOnce(Options options) {
    if (!JdbcOptions.from(options).cursor().mode().hasIncrementing()) {
      throw ConnectorType.cannotBeExact(
          "without an incrementing column in 'mode' there is no position behind a single row");
    }
  }

  @Override
  public SourceTask newTask() {
    return new JdbcSourceTask();
  }
}
