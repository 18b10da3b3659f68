package dev.sluice.source.jdbc;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;
import java.time.Duration;

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
  public ConnectionReport test(String connector, Options options, Duration limit) {
    return DatabaseProbe.run(JdbcOptions.from(options).onlyExisting());
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible("Shows the rows that the first poll would bring.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return new JdbcSourceTask(JdbcOptions::onlyExisting);
  }

  @Override
  public SourceTask newTask() {
    return new JdbcSourceTask(options -> options);
  }
}
