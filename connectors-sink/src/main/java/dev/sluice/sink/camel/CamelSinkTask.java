package dev.sluice.sink.camel;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.sink.support.Json;
import dev.sluice.sink.support.Lines;
import dev.sluice.sink.support.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Sends records through a route of its own Camel context, one after the other. The exchange's body
 * is the value; headers {@code topic}, {@code partition}, {@code offset}, {@code timestamp}
 * (milliseconds since the epoch) and {@code key} tell the rest. The record's own headers come under
 * their names, except those that would steer Camel.
 */
final class CamelSinkTask implements SinkTask {

  private static final String ENTRANCE = "direct:records";
  private static final Pattern DECODED = Pattern.compile("[&+%]");
  private static final int SHUTDOWN_SECONDS = 5;

  private final Progress progress = new Progress();
  private @Nullable SinkContext context;
  private @Nullable CamelSinkConfig config;
  private @Nullable DefaultCamelContext camel;
  private @Nullable ProducerTemplate producer;
  private @Nullable Endpoint entrance;

  @Override
  public void start(SinkContext context) {
    CamelSinkConfig typed = CamelSinkConfig.of(context.options());
    this.context = context;
    this.config = typed;
    DefaultCamelContext fresh = new DefaultCamelContext();
    this.camel = fresh;
    try {
      fresh.getCamelContextExtension().setName(context.connector() + "-" + context.taskNumber());
      fresh.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
      // Failures are the runtime's to log and to try again.
      fresh.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
      this.entrance = entrance(fresh, typed.target());
      fresh.start();
      this.producer = fresh.createProducerTemplate();
    } catch (Exception e) {
      throw new CamelFailures(typed).starting(e);
    }
  }

  /**
   * Makes the route, without starting it.
   *
   * @throws ConnectorException why it can't be made
   */
  static ConnectionReport test(CamelSinkConfig config) {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.setAutoStartup(false);
      Endpoint unused = entrance(camel, config.target());
      camel.start();
      return ConnectionReport.of(
          "The route and what it names can be made",
          "Not tested: whether what it writes to can be reached");
    } catch (Exception e) {
      throw new CamelFailures(config).starting(e);
    }
  }

  private static Endpoint entrance(DefaultCamelContext camel, CamelSinkConfig.Target target)
      throws Exception {
    return switch (target) {
      case CamelSinkConfig.Target.Single single -> camel.getEndpoint(uri(single));
      case CamelSinkConfig.Target.Route route -> {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(ResourceHelper.fromString("route.yaml", yaml(route.steps())));
        yield camel.getEndpoint(ENTRANCE);
      }
    };
  }

  /**
   * The endpoint's URI. Camel decodes parameters more than once; RAW keeps a password whole that
   * has characters with a meaning in URIs.
   */
  private static String uri(CamelSinkConfig.Target.Single single) {
    StringBuilder uri = new StringBuilder(single.uri());
    single
        .parameters()
        .forEach(
            (name, value) -> {
              uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
              String text = String.valueOf(value);
              boolean plain = !DECODED.matcher(text).find() || text.startsWith("RAW");
              uri.append(
                  plain ? text : text.contains(")") ? "RAW{" + text + "}" : "RAW(" + text + ")");
            });
    return uri.toString();
  }

  /** A route in the YAML DSL; JSON is YAML. */
  private static String yaml(List<Object> steps) {
    Map<String, Object> from = Map.of("uri", ENTRANCE, "steps", steps);
    return Json.text(List.of(Map.of("route", Map.of("id", "records", "from", from))));
  }

  @Override
  public void put(List<SinkRecord> records) {
    for (SinkRecord record : progress.begin(records)) {
      try {
        send(record);
      } catch (ConnectorException e) {
        if (e.category() != ErrorCategory.DATA) {
          throw e;
        }
        context().reject(record, e);
      }
      progress.delivered(record);
    }
    progress.done();
  }

  private void send(SinkRecord record) {
    Endpoint endpoint = Objects.requireNonNull(entrance);
    Exchange exchange = endpoint.createExchange();
    fill(exchange.getMessage(), record);
    Exchange answer = Objects.requireNonNull(producer).send(endpoint, exchange);
    if (answer.getException() != null) {
      throw new CamelFailures(config()).sending(answer.getException());
    }
  }

  private void fill(Message message, SinkRecord record) {
    message.setBody(
        switch (config().body()) {
          case BYTES -> record.valueBytes();
          case DECODED -> record.value();
        });
    for (Header header : record.headers()) {
      // Such headers choose hosts, methods and files: none of a record's business.
      if (!header.key().toLowerCase(Locale.ROOT).startsWith("camel")
          && !header.key().startsWith("org.apache.camel")) {
        message.setHeader(header.key(), Lines.textOrBytes(header.value()));
      }
    }
    SinkRecord.Origin origin = record.origin();
    message.setHeader("topic", origin.topic());
    message.setHeader("partition", origin.partition());
    message.setHeader("offset", origin.offset());
    message.setHeader("timestamp", record.timestampMillis());
    Object key = record.key();
    if (key != null) {
      message.setHeader("key", Json.plain(key));
    }
  }

  @Override
  public void close() throws IOException {
    if (producer != null) {
      producer.close();
    }
    if (camel != null) {
      camel.close();
    }
  }

  private SinkContext context() {
    return Objects.requireNonNull(context, "start comes first");
  }

  private CamelSinkConfig config() {
    return Objects.requireNonNull(config, "start comes first");
  }
}
