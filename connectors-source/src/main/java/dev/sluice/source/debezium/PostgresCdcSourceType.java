package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;
import java.sql.SQLException;
import java.time.Duration;

/** The type {@code postgres-cdc}. */
public final class PostgresCdcSourceType implements SourceType {

  private static final String SCHEMA = OptionsSchema.of(PostgresCdcSourceType.class);

  @Override
  public String name() {
    return "postgres-cdc";
  }

  @Override
  public String title() {
    return "PostgreSQL change data capture";
  }

  @Override
  public String description() {
    return "Reads the rows of a PostgreSQL database's tables once, then every insert, update and"
        + " delete as it is committed, through logical replication. Each change arrives at least"
        + " once and in order; the replication slot moves on only when a change is durable in the"
        + " log.";
  }

  @Override
  public String optionsSchema() {
    return SCHEMA;
  }

  @Override
  public void check(Options options) {
    PostgresCdcConfig.of("check", options);
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact(
        "a first snapshot that is interrupted is taken again from its beginning, and changes behind"
            + " the last complete log sequence number are read again");
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit) {
    PostgresCdcConfig config = PostgresCdcConfig.of(connector, options);
    try {
      return new Preflight(config).report();
    } catch (SQLException e) {
      throw new EngineFailures(config).of(null, e);
    }
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible(
        "Shows rows that the tables hold, as the first snapshot would bring them; changes show only"
            + " when the connector runs.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return new PreviewTask();
  }

  @Override
  public boolean capturesChanges() {
    return true;
  }

  @Override
  public SourceTask newTask() {
    return new PostgresCdcTask();
  }
}
