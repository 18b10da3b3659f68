package dev.sluice.gateway.deadletter;

/** Where a letter goes if it is sent to where it came from. */
public sealed interface Destination {

  /**
   * To a sink or rule, and to nobody else.
   *
   * @param connector its name
   */
  record Connector(String connector) implements Destination {}

  /**
   * Into a topic.
   *
   * @param topic its name, or the template that names it
   */
  record Topic(String topic) implements Destination {}

  /**
   * Nowhere.
   *
   * @param code a stable name for why, lower case with hyphens
   * @param reason why, one sentence
   * @param suggestion what to do, one sentence
   */
  record Nowhere(String code, String reason, String suggestion) implements Destination {}
}
