package dev.sluice.source.camel;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The component behind {@code sluice:topic}, the end of the route. An exchange that is sent there
 * completes when {@link TopicHandover} says so, without holding a thread until then.
 */
final class TopicComponent extends DefaultComponent {

  /** The component's scheme. */
  static final String SCHEME = "sluice";

  /** The only endpoint. */
  static final String ENDPOINT = SCHEME + ":topic";

  private final TopicHandover handover;

  TopicComponent(TopicHandover handover) {
    this.handover = handover;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    if (!name.equals("topic")) {
      throw new IllegalArgumentException("There is only " + ENDPOINT + ", not " + uri);
    }
    return new TopicEndpoint(uri);
  }

  private final class TopicEndpoint extends DefaultEndpoint {

    private TopicEndpoint(String uri) {
      super(uri, TopicComponent.this);
    }

    @Override
    public Producer createProducer() {
      return new DefaultAsyncProducer(this) {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
          return handover.take(exchange, callback);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException(ENDPOINT + " is the end of a route, not its start");
    }
  }
}
