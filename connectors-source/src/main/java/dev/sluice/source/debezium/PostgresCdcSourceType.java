package dev.sluice.source.debezium;

import dev.sluice.connector.Options;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The type {@code postgres-cdc}. */
public final class PostgresCdcSourceType implements SourceType {

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
    try (InputStream schema =
        Objects.requireNonNull(
            PostgresCdcSourceType.class.getResourceAsStream("postgres-cdc.schema.json"))) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void check(Options options) {
    PostgresCdcConfig.of("check", options);
  }

  @Override
  public SourceTask newTask() {
    return new PostgresCdcTask();
  }
}
