package dev.sluice.gateway.deadletter;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.connect.work.Provenance;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides where letters go (ADR 20), without any effect: what came out of a topic goes to the sink
 * or rule that set it aside, and to no other reader; what had not yet come into one goes there, by
 * way of the source's transforms and templates. Used by one thread.
 */
final class Routes {

  private static final String PRODUCE = "KAFKA_PRODUCE";

  private final Function<String, Optional<ConnectorSpec>> connectors;
  private final Map<String, SourceRoute> sources = new HashMap<>();

  /**
   * Routes.
   *
   * @param connectors the connectors that are there now, by name
   */
  Routes(Function<String, Optional<ConnectorSpec>> connectors) {
    this.connectors = connectors;
  }

  /** Where the letter goes if it is sent as it is, without working it out for this very record. */
  Destination destination(Letter letter) {
    Optional<Destination.Nowhere> incomplete = incomplete(letter);
    if (incomplete.isPresent()) {
      return incomplete.get();
    }
    if (letter.origin() != null) {
      return reader(letter).isPresent()
          ? new Destination.Connector(letter.connector())
          : withoutReader(letter);
    }
    String produced = producedTo(letter);
    if (produced != null) {
      return isInternal(produced) ? internal(produced) : new Destination.Topic(produced);
    }
    return source(letter)
        .<Destination>map(
            spec -> new Destination.Topic(Objects.requireNonNullElse(spec.topic(), spec.name())))
        .orElseGet(() -> withoutSource(letter));
  }

  /** What becomes of the letter. */
  Route route(Letter letter, Target target, Edit edit) {
    Optional<Destination.Nowhere> incomplete = incomplete(letter);
    if (incomplete.isPresent() && edit.value() == null) {
      return Route.Refused.of(incomplete.get());
    }
    NewRecord content = edit.apply(letter.original());
    return switch (target) {
      case Target.Topic(String name) when name != null ->
          outside(new Route.Send(name, content, name, false));
      case Target.Topic unnamed -> outside(toTopic(letter, content));
      case Target.Origin origin ->
          letter.origin() == null ? outside(toTopic(letter, content)) : toReader(letter, content);
    };
  }

  /**
   * The route, if it leads to no topic of the gateway's own. What a letter says of where it stood
   * are headers that any client of Kafka can write, and what the gateway believes stands in those
   * topics.
   */
  private static Route outside(Route route) {
    return route instanceof Route.Send send && isInternal(send.topic())
        ? Route.Refused.of(internal(send.topic()))
        : route;
  }

  private static boolean isInternal(String topic) {
    return topic.startsWith("_");
  }

  private Route toReader(Letter letter, NewRecord content) {
    Passage.Origin origin = Objects.requireNonNull(letter.origin());
    if (reader(letter).isEmpty()) {
      return Route.Refused.of(withoutReader(letter));
    }
    Provenance provenance = new Provenance(origin, letter.redeliveries() + 1);
    return new Route.Send(
        OwnTopics.redelivery(letter.connector()),
        provenance.redelivered(content),
        letter.connector(),
        true);
  }

  private Route toTopic(Letter letter, NewRecord content) {
    Passage.Origin origin = letter.origin();
    if (origin != null) {
      return new Route.Send(origin.topic(), content, origin.topic(), false);
    }
    String produced = producedTo(letter);
    if (produced != null) {
      return new Route.Send(produced, content, produced, true);
    }
    Optional<ConnectorSpec> spec = source(letter);
    if (spec.isEmpty()) {
      return Route.Refused.of(withoutSource(letter));
    }
    try {
      return sources
          .computeIfAbsent(letter.connector(), name -> new SourceRoute(spec.get()))
          .route(letter, content);
    } catch (ConnectorException e) {
      return new Route.Refused(e.code(), e.message());
    }
  }

  /** The topic that refused the record, if it was one. */
  private static @Nullable String producedTo(Letter letter) {
    return PRODUCE.equals(letter.error().stage()) ? letter.place().get("topic") : null;
  }

  private Optional<ConnectorSpec> reader(Letter letter) {
    return connectors.apply(letter.connector()).filter(spec -> spec.kind() != Kind.SOURCE);
  }

  private Optional<ConnectorSpec> source(Letter letter) {
    return connectors.apply(letter.connector()).filter(spec -> spec.kind() == Kind.SOURCE);
  }

  private static Optional<Destination.Nowhere> incomplete(Letter letter) {
    if (letter.isWhole()) {
      return Optional.empty();
    }
    return Optional.of(
        letter.isUnreadable()
            ? new Destination.Nowhere(
                "letter-unreadable",
                "The record could not be decoded, so there is nothing to send.",
                "Give it a value, or discard it.")
            : new Destination.Nowhere(
                "letter-cut",
                "The record was too large to be set aside whole: it had %d bytes."
                    .formatted(letter.cutBytes()),
                "Give it a value, or discard it."));
  }

  private static Destination.Nowhere internal(String topic) {
    return new Destination.Nowhere(
        "internal-topic",
        "The topic '%s' belongs to the gateway, and takes no letters.".formatted(topic),
        "Name another topic, or discard it.");
  }

  private static Destination.Nowhere withoutReader(Letter letter) {
    return new Destination.Nowhere(
        "connector-unknown",
        "The sink or rule '%s' that set it aside is not there any more."
            .formatted(letter.connector()),
        "Send it into a topic, or declare the connector again.");
  }

  private static Destination.Nowhere withoutSource(Letter letter) {
    return new Destination.Nowhere(
        "connector-unknown",
        "The source '%s' that set it aside is not there any more, so its topic is not known."
            .formatted(letter.connector()),
        "Name the topic, or declare the connector again.");
  }
}
