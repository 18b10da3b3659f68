package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.config.GroupSettings;
import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/** The handlers over a broker of their own, asked and answering in bytes as over a connection. */
final class Admins implements AutoCloseable {

  private final Broker broker;
  private final Map<ApiKeys, ApiHandler<?>> handlers;
  private AccessControl access = AccessControl.OPEN;

  Admins(Path directory) {
    this.broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    this.handlers =
        AdminHandlers.all(broker, BrokerDefaults.STANDARD, GroupSettings.standard()).stream()
            .collect(Collectors.toMap(ApiHandler::api, Function.identity()));
  }

  Broker broker() {
    return broker;
  }

  /** From now on. */
  void allow(AccessControl only) {
    access = only;
  }

  /** Asks with a request that is given as its data. */
  <A> A ask(ApiMessage data, short version, Class<A> answer) {
    ApiKeys api = ApiKeys.forId(data.apiKey());
    AbstractRequest request =
        AbstractRequest.parseRequest(api, version, MessageUtil.toByteBufferAccessor(data, version))
            .request;
    if (!(handlers.get(api) instanceof BlockingHandler<?> handler)) {
      throw new AssertionError("No handler for " + api);
    }
    AbstractResponse response = handle(handler, request, version);
    ApiMessage sent =
        AbstractResponse.parseResponse(
                api, MessageUtil.toByteBufferAccessor(response.data(), version), version)
            .data();
    return answer.cast(sent);
  }

  /** The same in the newest version. */
  <A> A ask(ApiMessage data, Class<A> answer) {
    return ask(data, ApiKeys.forId(data.apiKey()).latestVersion(), answer);
  }

  private <Q extends AbstractRequest> AbstractResponse handle(
      BlockingHandler<Q> handler, AbstractRequest request, short version) {
    @SuppressWarnings("unchecked") // Parsed as a request of the handler's API.
    Q own = (Q) request;
    return handler.handle(own, Calls.of(handler.api(), version, Calls.stranger(), access));
  }

  @Override
  public void close() {
    broker.close();
  }
}
