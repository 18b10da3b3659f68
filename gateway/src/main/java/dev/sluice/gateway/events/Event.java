package dev.sluice.gateway.events;

import java.time.Instant;

/**
 * Something that happened, for people and programs.
 *
 * @param type a stable name, dotted: {@code connector.started}, {@code connector.failed}, {@code
 *     connector.recovered}, {@code connector.offset-reset}, {@code connector.restarted}, {@code
 *     connector.paused}, {@code connector.resumed}, {@code connector.stopped}, {@code
 *     topic.created}, {@code topic.changed}, {@code topic.deleted}, {@code
 *     topic.records-deleted}, {@code config.applied}, {@code config.rejected}, {@code gateway.started}
 * @param subject what it happened to: a connector's, topic's or file's name
 * @param message one sentence, without secrets
 * @param time when
 */
public record Event(String type, String subject, String message, Instant time) {}
