package dev.sluice.sink.http;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.sink.support.Schemas;
import java.time.Duration;

/** The sink that sends HTTP requests. */
public final class HttpSinkType implements SinkType {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String title() {
    return "HTTP";
  }

  @Override
  public String description() {
    return "Sends records to an HTTP server by POST or PUT, one by one or as JSON arrays, at least"
        + " once and in order within a partition. Answers 429 and 5xx are tried again,"
        + " 'Retry-After' is honoured.";
  }

  @Override
  public String optionsSchema() {
    return Schemas.beside(HttpSinkType.class);
  }

  @Override
  public void check(Options options) {
    HttpSinkConfig.of(options).checkTogether();
  }

  @Override
  public void checkExactlyOnce(Options options) {
    throw ConnectorType.cannotBeExact(
        "whether a request whose answer was lost was carried out, only the receiver knows");
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit) {
    return ServerProbe.run(HttpSinkConfig.of(options), limit);
  }

  @Override
  public SinkTask newTask() {
    return new HttpSinkTask((Duration pause) -> Thread.sleep(pause));
  }
}
