package dev.sluice.gateway.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, for people and programs.
 *
 * @param type a stable name, dotted: {@code connector.started}, {@code connector.failed}, {@code
 *     connector.recovered}, {@code connector.offset-reset}, {@code connector.offsets-changed},
 *     {@code connector.offsets-reset}, {@code connector.restarted}, {@code connector.paused},
 *     {@code connector.resumed}, {@code connector.stopped}, {@code connector.snapshot}, {@code
 *     connector.created}, {@code connector.changed}, {@code connector.deleted}, {@code
 *     topic.created}, {@code topic.changed}, {@code topic.deleted}, {@code topic.records-deleted},
 *     {@code group.offsets-reset}, {@code group.offsets-deleted}, {@code group.changed}, {@code
 *     group.deleted}, {@code access.added}, {@code access.removed}, {@code user.changed}, {@code
 *     quota.changed}, {@code config.applied}, {@code config.rejected}, {@code dead-letters.resent},
 *     {@code dead-letters.discarded}, {@code gateway.started}
 * @param subject what it happened to: the name of a connector, topic, group, user, file or another
 *     such thing
 * @param message one sentence, without secrets
 * @param time when
 * @param actor who caused it; null for whoever the publishing thread acts for, and in records of
 *     earlier versions
 */
public record Event(
    String type, String subject, String message, Instant time, @Nullable Actor actor) {

  /** Caused by whoever the publishing thread acts for. */
  public Event(String type, String subject, String message, Instant time) {
    this(type, subject, message, time, null);
  }

  /** The same, with an actor unless it has one. */
  Event orBy(Actor other) {
    return actor == null ? new Event(type, subject, message, time, other) : this;
  }
}
