package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.ConfigEditor;
import dev.sluice.gateway.config.ConfigPlan;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConfigWatcher;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.config.Problem;
import dev.sluice.gateway.events.Acting;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.manage.ConnectorManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the configuration, at the start and whenever its files change. A changed file that has a
 * mistake changes nothing. Used by one thread at a time, guarded by its monitor.
 */
@Singleton
final class Reconfiguration implements ConfigEditor.Applier {

  private static final Logger LOG = LoggerFactory.getLogger(Reconfiguration.class);

  private static final long LOOK_MILLIS = 1_000;

  private final Topics topics;
  private final ConnectorManager connectors;
  private final Events events;
  private final Acting acting;
  private final Clock clock = Clock.systemUTC();
  private @Nullable GatewayConfig applied;
  private volatile @Nullable ConfigWatcher watching;

  /** Whether the last change was not taken up, or not as a whole. */
  private boolean isRefused;

  @Inject
  Reconfiguration(Topics topics, ConnectorManager connectors, Events events, Acting acting) {
    this.topics = topics;
    this.connectors = connectors;
    this.events = events;
    this.acting = acting;
  }

  @Override
  public synchronized Optional<GatewayConfig> applied() {
    return Optional.ofNullable(applied);
  }

  @Override
  public Map<String, ConnectorSpec> madeOverHttp() {
    return connectors.madeOverHttp();
  }

  @Override
  public Map<String, TopicDescription> topicsNow() {
    return topics.list().stream().collect(Collectors.toMap(TopicDescription::name, topic -> topic));
  }

  /** Applies what the files held at the start. */
  void applyFirst(GatewayConfig config) {
    String started = "The gateway was started.";
    events.publish(
        new Event("gateway.started", "gateway", started, clock.instant(), Actor.GATEWAY));
    acting.as(Actor.CONFIGURATION, () -> apply(config));
  }

  private synchronized void apply(GatewayConfig config) {
    connectors.takeUp(config, () -> new DeclaredTopics(topics).apply(config.topics().values()));
    applied = config;
  }

  /** Takes up changes of the files until what it returns is closed. */
  ConfigWatcher watch(Launch launch, ScheduledExecutorService executor) {
    ConfigWatcher watcher =
        new ConfigWatcher(
            launch.loader(),
            launch.configPath(),
            launch.environment(),
            launch.first(),
            this::changed);
    watching = watcher;
    watcher.start(executor);
    var unused =
        executor.scheduleWithFixedDelay(
            this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return watcher;
  }

  private void look() {
    try {
      acting.as(Actor.CONFIGURATION, connectors::look);
    } catch (Throwable e) { // One that escaped would end the schedule without a word.
      LOG.error("Changed files that connectors refer to could not be taken up", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws LogException {@code CLOSED} while the gateway starts
   */
  @Override
  public void change(BooleanSupplier change, Consumer<Optional<String>> done) {
    ConfigWatcher watcher = watching;
    if (watcher == null) {
      throw new LogException(LogException.Code.CLOSED, "The gateway has not started yet.");
    }
    watcher.change(change, result -> done.accept(takeUp(result)));
  }

  /** Takes up what the files hold now. */
  void changed(ConfigResult result) {
    acting.as(
        Actor.CONFIGURATION,
        () -> {
          var unused = takeUp(result);
        });
  }

  /** Applies it if it can be; answers why not otherwise. */
  private synchronized Optional<String> takeUp(ConfigResult result) {
    return switch (result) {
      case ConfigResult.Valid valid -> takeUp(valid.config());
      case ConfigResult.Invalid invalid -> Optional.of(refuse(invalid));
    };
  }

  /**
   * Applies it even if its plan is empty: the change before may have come about in part, or a topic
   * that is there may be declared now as it is.
   */
  private Optional<String> takeUp(GatewayConfig config) {
    ConfigPlan plan = plan(config);
    if (!plan.isEmpty()) {
      LOG.info("The configuration has changed:{}{}", System.lineSeparator(), plan.render());
    }
    try {
      apply(config);
    } catch (RuntimeException failure) {
      LOG.error("The changed configuration could not be applied as a whole", failure);
      isRefused = true;
      report("config.rejected", "The changed configuration could not be applied: " + failure);
      return Optional.of(String.valueOf(failure.getMessage()));
    }
    if (!plan.isEmpty()) {
      report("config.applied", "The changed configuration is in force: " + plan.summary() + ".");
    } else if (isRefused) {
      report("config.applied", "The configuration is again as it is in force.");
    }
    isRefused = false;
    return Optional.empty();
  }

  private String refuse(ConfigResult.Invalid invalid) {
    String problems =
        invalid.problems().stream()
            .map(Problem::toString)
            .collect(Collectors.joining(System.lineSeparator()));
    LOG.error(
        "The changed configuration has mistakes; the one before stays in force:{}{}",
        System.lineSeparator(),
        problems);
    isRefused = true;
    report("config.rejected", problems);
    return problems;
  }

  private void report(String type, String message) {
    events.publish(new Event(type, "configuration", message, clock.instant()));
  }
}
