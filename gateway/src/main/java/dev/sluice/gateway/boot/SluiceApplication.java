package dev.sluice.gateway.boot;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.config.ConfigWatcher;
import dev.sluice.gateway.connect.ConnectRuntime;
import dev.sluice.gateway.history.HistoryRecorder;
import dev.sluice.gateway.kafka.KafkaGate;
import dev.sluice.gateway.kafka.KafkaMeters;
import dev.sluice.gateway.log.Topics;
import dev.sluice.log.manager.ConsumedOffsets;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The gateway between the start and the stop of Quarkus: applies what was declared, says when all
 * of it runs, takes up changes of the configuration, and stops the connectors before the log
 * closes.
 */
public final class SluiceApplication implements QuarkusApplication {

  private final Reconfiguration reconfiguration;
  private final ConnectRuntime runtime;
  private final Topics topics;
  private final Broker broker;
  private final ConsumedOffsets consumed;
  private final MeterRegistry meters;
  private final HistoryRecorder history;
  private final ClientChanges changes;

  @Inject
  SluiceApplication(
      Reconfiguration reconfiguration,
      ConnectRuntime runtime,
      Topics topics,
      Broker broker,
      ConsumedOffsets consumed,
      MeterRegistry meters,
      HistoryRecorder history,
      ClientChanges changes) {
    this.reconfiguration = reconfiguration;
    this.runtime = runtime;
    this.topics = topics;
    this.broker = broker;
    this.consumed = consumed;
    this.meters = meters;
    this.history = history;
    this.changes = changes;
  }

  @Override
  public int run(String... args) throws Exception {
    Launch launch = Launch.current();
    ReadyReport report = new ReadyReport(runtime, System.out);
    try {
      reconfiguration.applyFirst(launch.first().config());
      broker.consumedBy(consumed);
      KafkaGate kafka = launch.kafka();
      KafkaMeters kafkaMeters = new KafkaMeters(meters);
      kafkaMeters.watchMemory(kafka::requestMemoryBytes, kafka::responseMemoryBytes);
      kafka.serve(kafkaMeters, changes);
      history.start();
      Thread reporter = Thread.ofVirtual().name("ready-report").start(() -> report(report, launch));
      try (ScheduledExecutorService executor =
              Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().daemon().name("config-watcher").factory());
          ConfigWatcher watching = reconfiguration.watch(launch, executor)) {
        Quarkus.waitForExit();
      } finally {
        report.stop();
        reporter.join();
      }
      return 0;
    } finally {
      history.close();
      runtime.close();
    }
  }

  private void report(ReadyReport report, Launch launch) {
    try {
      long started = ManagementFactory.getRuntimeMXBean().getStartTime();
      int declared = (int) topics.list().stream().filter(topic -> !topic.internal()).count();
      boolean ready = report.awaitAndPrint(started, addresses(launch), declared);
      Duration stopAfter = launch.stopAfter();
      if (ready && stopAfter != null) {
        Executor later =
            CompletableFuture.delayedExecutor(stopAfter.toMillis(), TimeUnit.MILLISECONDS);
        later.execute(() -> Quarkus.asyncExit(0));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String addresses(Launch launch) {
    var config = ConfigProvider.getConfig();
    return "http://"
        + config.getValue("quarkus.http.host", String.class)
        + ":"
        + config.getValue("quarkus.http.port", Integer.class)
        + launch.kafka().listeners().stream()
            .map(listener -> ", kafka://" + listener.address())
            .collect(Collectors.joining());
  }
}
