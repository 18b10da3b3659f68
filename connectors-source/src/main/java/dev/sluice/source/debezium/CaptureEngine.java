package dev.sluice.source.debezium;

import dev.sluice.connector.SourcePosition;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * One engine with what belongs to it, from a position on until it is closed. Belongs to the task's
 * thread, but for the handover.
 */
final class CaptureEngine {

  private final String id;
  private final Handover handover;
  private final EngineRun run;

  private CaptureEngine(String id, Handover handover, EngineRun run) {
    this.id = id;
    this.handover = handover;
    this.run = run;
  }

  /**
   * Starts an engine and waits until it reads; what it took is given back if it does not.
   *
   * @param properties makes the engine's properties from the id of its positions
   */
  static CaptureEngine start(
      PostgresCdcConfig config,
      List<SourcePosition> positions,
      CaptureProgress progress,
      Function<String, Properties> properties)
      throws InterruptedException {
    EngineFailures failures = new EngineFailures(config);
    String id = PositionStore.leave(positions);
    SnapshotNotices.leave(id, progress::failed);
    CaptureEngine engine = null;
    boolean started = false;
    try {
      Handover handover =
          new Handover(new EventMapper(config.address().database()), progress, config.batchSize());
      engine = new CaptureEngine(id, handover, run(properties.apply(id), handover, failures));
      engine.run.start("sluice-cdc-" + config.name());
      started = true;
      return engine;
    } finally {
      if (!started) {
        if (engine == null) {
          forget(id);
        } else {
          engine.close();
        }
      }
    }
  }

  private static EngineRun run(Properties properties, Handover handover, EngineFailures failures) {
    try {
      return new EngineRun(properties, handover, failures);
    } catch (RuntimeException e) {
      throw failures.of("The engine refuses its properties.", e);
    }
  }

  Handover handover() {
    return handover;
  }

  void close() throws InterruptedException {
    try {
      run.close();
    } finally {
      forget(id);
    }
  }

  private static void forget(String id) {
    PositionStore.remove(id);
    SnapshotNotices.remove(id);
  }
}
