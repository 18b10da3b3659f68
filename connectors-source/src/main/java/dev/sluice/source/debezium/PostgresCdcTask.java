package dev.sluice.source.debezium;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourceTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one engine: {@link Handover} carries its batches, {@link EngineRun} its life. */
final class PostgresCdcTask implements SourceTask {

  private @Nullable Handover handover;
  private @Nullable EngineRun engine;
  private @Nullable String positions;

  @Override
  public void start(SourceContext context) throws InterruptedException {
    PostgresCdcConfig config = PostgresCdcConfig.of(context.connector(), context.options());
    EngineFailures failures = new EngineFailures(config);
    try {
      new Preflight(config).check(context.positions());
    } catch (SQLException e) {
      throw failures.of(null, e);
    }
    positions = PositionStore.leave(context.positions());
    handover = new Handover(new EventMapper(config.address().database()), config.batchSize());
    try {
      engine = new EngineRun(EngineProperties.of(config, positions), handover, failures);
    } catch (RuntimeException e) {
      throw failures.of("The engine refuses its properties.", e);
    }
    engine.start("sluice-cdc-" + context.connector());
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    if (handover == null) {
      throw new IllegalStateException("not started");
    }
    return handover.poll(maxWait);
  }

  @Override
  public void acknowledged(SourceBatch batch) {
    Handover current = handover;
    if (current != null) {
      current.acknowledged();
    }
  }

  @Override
  public void close() throws InterruptedException {
    try {
      if (engine != null) {
        engine.close();
      }
    } finally {
      if (positions != null) {
        PositionStore.remove(positions);
      }
    }
  }
}
