package dev.sluice.gateway.deadletter;

import org.jspecify.annotations.Nullable;

/** Where letters are to be sent. */
public sealed interface Target {

  /**
   * To where they came from: to the sink or rule that set them aside, and to it alone; those of a
   * source to the topic that they were on their way to.
   */
  record Origin() implements Target {}

  /**
   * Into a topic, for all who read it.
   *
   * @param name which, or null for the topic that each letter was in or on its way to
   */
  record Topic(@Nullable String name) implements Target {}
}
