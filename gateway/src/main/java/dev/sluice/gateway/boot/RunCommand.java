package dev.sluice.gateway.boot;

import dev.sluice.broker.Broker;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.ServerSpec;
import dev.sluice.gateway.kafka.CannotListenException;
import dev.sluice.gateway.kafka.KafkaGate;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code sluice run}: validates everything, then starts the gateway. */
@Command(
    name = "run",
    description = "Run the gateway with a configuration file, or a folder of them.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  /** Connectors have ten seconds of it. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|DIR",
      defaultValue = ".",
      description = "Configuration; by default gateway.yaml in this folder.")
  private Path config = Path.of(".");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory; by default the file's server.data, or ./data.")
  private @Nullable Path data;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "HTTP port; 0 picks a free one; by default the file's, or 8080.")
  private @Nullable Integer httpPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      converter = PortConverter.class,
      description = "Port for Kafka's clients; 0 picks a free one; by default the file's, or 9092.")
  private @Nullable Integer kafkaPort;

  @Option(
      names = "--stop-after",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Stop so long after being ready, such as 30s; for trying things out.")
  private @Nullable Duration stopAfter;

  @Override
  public Integer call() {
    Preload.begin();
    Environment environment = Environment.system();
    if (data != null) {
      environment = environment.withDataDirectory(data);
    }
    if (httpPort != null) {
      environment = environment.withHttpPort(httpPort);
    }
    if (kafkaPort != null) {
      environment = environment.withKafkaPort(kafkaPort);
    }
    ConnectorTypes types = ConnectorTypes.installed();
    ConfigLoader loader = new ConfigLoader(types);
    return switch (loader.load(config, environment)) {
      case ConfigResult.Invalid invalid -> {
        invalid.problems().forEach(System.err::println);
        System.err.println("Nothing was started; problems found: " + invalid.problems().size());
        yield 1;
      }
      case ConfigResult.Valid valid -> listen(environment, types, loader, valid);
    };
  }

  private int listen(
      Environment environment,
      ConnectorTypes types,
      ConfigLoader loader,
      ConfigResult.Valid first) {
    KafkaGate kafka;
    try {
      kafka = KafkaGate.bind(first.config().server().kafka());
    } catch (CannotListenException refused) {
      System.err.println(refused.getMessage());
      System.err.println("Nothing was started.");
      return 1;
    }
    try (CleanEnd unused = CleanEnd.within(STOP_PATIENCE)) {
      return run(environment, types, loader, first, kafka);
    }
  }

  private int run(
      Environment environment,
      ConnectorTypes types,
      ConfigLoader loader,
      ConfigResult.Valid first,
      KafkaGate kafka) {
    DeferredLogMetrics metrics = new DeferredLogMetrics();
    CompletableFuture<Broker> broker = open(first.config().server(), kafka, metrics);
    Launch.set(
        new Launch(config, environment, types, loader, first, kafka, broker, metrics, stopAfter));
    int exit = runQuarkus(first.config().server());
    kafka.close();
    if (!broker.isCompletedExceptionally()) {
      broker.join().close();
    }
    return exit;
  }

  private static CompletableFuture<Broker> open(
      ServerSpec server, KafkaGate kafka, DeferredLogMetrics metrics) {
    return CompletableFuture.supplyAsync(
        () -> {
          Broker broker = Broker.open(server.dataDirectory(), Clock.systemUTC(), metrics);
          try {
            kafka.assemble(broker);
            return broker;
          } catch (RuntimeException failure) {
            broker.close();
            throw failure;
          }
        },
        runnable -> Thread.ofPlatform().name("open-log").start(runnable));
  }

  private static int runQuarkus(ServerSpec server) {
    System.setProperty("quarkus.http.host", server.host());
    System.setProperty("quarkus.http.port", String.valueOf(server.httpPort()));
    AtomicInteger exit = new AtomicInteger();
    Quarkus.run(
        SluiceApplication.class,
        (code, failure) -> {
          exit.set(failure == null ? code : 1);
          if (failure != null) {
            System.err.println("Sluice could not start: " + Failures.inOneLine(failure));
          }
        });
    return exit.get();
  }

  /** Reads durations as configuration does. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Units.duration(text);
    }
  }

  /** Reads port numbers. */
  static final class PortConverter implements ITypeConverter<Integer> {

    private static final int MAX_PORT = 65_535;

    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT) {
        throw new TypeConversionException("'" + text + "' is no port; use 0 to " + MAX_PORT);
      }
      return Integer.valueOf(text);
    }
  }
}
