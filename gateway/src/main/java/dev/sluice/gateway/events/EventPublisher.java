package dev.sluice.gateway.events;

import dev.sluice.gateway.messaging.OutgoingRecordMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the topic {@code _events} through the gateway's own messaging connector; the key
 * is the subject. What the channel has no room for is counted and dropped.
 */
@ApplicationScoped
public class EventPublisher implements Events {

  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  private final Emitter<Event> emitter;
  private final Acting acting;
  private final StandingEvents standing;
  private final Counter dropped;

  @Inject
  EventPublisher(
      @Channel("events") @OnOverflow(OnOverflow.Strategy.THROW_EXCEPTION) Emitter<Event> emitter,
      Acting acting,
      StandingEvents standing,
      MeterRegistry meters) {
    this.emitter = emitter;
    this.acting = acting;
    this.standing = standing;
    this.dropped =
        Counter.builder("sluice.events.dropped")
            .description("Events that found no room in the queue to _events")
            .register(meters);
  }

  @Override
  public void publish(Event event) {
    standing.reported(event);
    byte[] key = event.subject().getBytes(StandardCharsets.UTF_8);
    try {
      Event whole = event.orBy(acting.now());
      emitter.send(Message.of(whole, Metadata.of(new OutgoingRecordMetadata(key, List.of()))));
    } catch (IllegalStateException noRoom) {
      dropped.increment();
      LOG.debug("No room for event {} of {}", event.type(), event.subject(), noRoom);
    }
  }

  @Override
  public Actor actor() {
    return acting.now();
  }
}
