package dev.sluice.source.debezium;

import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.source.support.OptionsSchema;

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
  public SourceTask newTask() {
    return new PostgresCdcTask();
  }
}
