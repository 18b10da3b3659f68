package dev.sluice.gateway.boot;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.kafka.KafkaGate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the command line hands to the application that Quarkus starts. Quarkus makes the application
 * itself, so this goes through a static: set once, before Quarkus runs.
 *
 * @param configPath the file or folder that was given
 * @param environment what configuration refers to
 * @param types the connector types that are installed
 * @param loader reads the configuration again when it changes
 * @param first what stood in it at the start
 * @param kafka the listeners for Kafka's clients, bound and not served yet
 * @param broker the broker, which is opened while Quarkus starts and closed when it has stopped
 * @param metrics what the log reports to
 * @param stopAfter stop by itself so long after being ready; null runs until told to stop
 */
record Launch(
    Path configPath,
    Environment environment,
    ConnectorTypes types,
    ConfigLoader loader,
    ConfigResult.Valid first,
    KafkaGate kafka,
    CompletableFuture<Broker> broker,
    DeferredLogMetrics metrics,
    @Nullable Duration stopAfter) {

  private static volatile @Nullable Launch current;

  static void set(Launch launch) {
    current = launch;
  }

  /** What was launched; fails outside {@code sluice run}. */
  static Launch current() {
    Launch launch = current;
    if (launch == null) {
      throw new IllegalStateException("The gateway is started by `sluice run`.");
    }
    return launch;
  }
}
