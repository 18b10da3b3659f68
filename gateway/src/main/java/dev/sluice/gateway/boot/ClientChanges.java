package dev.sluice.gateway.boot;

import dev.sluice.broker.kafka.TopicChanges;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Reports as events what Kafka's clients do to topics. */
@Singleton
final class ClientChanges implements TopicChanges {

  private final Events events;
  private final Clock clock = Clock.systemUTC();

  ClientChanges(Events events) {
    this.events = events;
  }

  @Override
  public void made(Change change, String topic, String client) {
    Actor actor = Actor.kafka(client);
    switch (change) {
      case CREATED -> report("topic.created", topic, " was created.", actor);
      case CHANGED -> report("topic.changed", topic, " was changed.", actor);
      case DELETED -> report("topic.deleted", topic, " was deleted with all its records.", actor);
      case RECORDS_DELETED ->
          report("topic.records-deleted", topic, " has lost records at its beginning.", actor);
    }
  }

  private void report(String type, String topic, String what, Actor actor) {
    events.publish(new Event(type, topic, "Topic " + topic + what, clock.instant(), actor));
  }
}
