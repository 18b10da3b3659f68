package dev.sluice.source.camel;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourceTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Runs one route in a Camel context of its own. */
final class CamelTask implements SourceTask {

  private @Nullable TopicHandover handover;
  private @Nullable DefaultCamelContext context;

  @Override
  public void start(SourceContext runtime) throws InterruptedException {
    CamelConfig config = CamelConfig.of(runtime.options());
    TopicHandover end = new TopicHandover(config.inFlight());
    handover = end;
    try {
      context = RouteContext.of(runtime.connector(), config, end);
      context.start();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failures(config).of(e);
    }
  }

  /**
   * Makes the route, without letting it consume anything.
   *
   * @throws dev.sluice.connector.ConnectorException why it can't be made
   */
  static ConnectionReport test(String connector, CamelConfig config) throws InterruptedException {
    try (DefaultCamelContext built =
        RouteContext.of(connector + "-test", config, new TopicHandover(1))) {
      built.setAutoStartup(false);
      built.start();
      return ConnectionReport.of(
          "The route and what it names can be made",
          "Not tested: whether what it reads from can be reached, since reading may take it away");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failures(config).of(e);
    }
  }

  private static RouteFailures failures(CamelConfig config) {
    return new RouteFailures(
        config.origin() instanceof CamelConfig.NamedKamelet named
            ? named.kamelet().secrets(named.properties())
            : List.of());
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    return running().poll(maxWait);
  }

  @Override
  public void acknowledged(SourceBatch batch) {
    running().acknowledged();
  }

  private TopicHandover running() {
    TopicHandover current = handover;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  /** Consumers stop first, so that no exchange comes only to fail. */
  @Override
  public void close() {
    DefaultCamelContext camel = context;
    if (camel != null) {
      camel.getRoutes().forEach(route -> ServiceHelper.stopService(route.getConsumer()));
    }
    if (handover != null) {
      handover.stop();
    }
    if (camel != null) {
      camel.stop();
    }
  }
}
