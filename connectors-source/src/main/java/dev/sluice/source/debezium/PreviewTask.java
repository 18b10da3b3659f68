package dev.sluice.source.debezium;

import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourceTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as a first snapshot does, by the same engine, and never streams: so it needs neither
 * slot nor publication. Its connections are read-only by the server's own doing.
 */
final class PreviewTask implements SourceTask {

  private @Nullable CaptureEngine engine;

  @Override
  public void start(SourceContext context) throws InterruptedException {
    PostgresCdcConfig config =
        PostgresCdcConfig.of(context.connector(), context.options()).looking();
    try {
      new Preflight(config).checkReading();
    } catch (SQLException e) {
      throw new EngineFailures(config).of(null, e);
    }
    engine =
        CaptureEngine.start(
            config,
            context.positions(),
            new CaptureProgress(context.clock()),
            id -> EngineProperties.looking(config, id));
  }

  /** The engine gives no more than one batch that it does not know to be durable. */
  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    CaptureEngine running = engine;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    Optional<SourceBatch> batch = running.handover().poll(maxWait);
    // Without a stream there is nobody upstream to tell.
    batch.ifPresent(seen -> running.handover().acknowledged());
    return batch;
  }

  @Override
  public void close() throws InterruptedException {
    if (engine != null) {
      engine.close();
    }
  }
}
