package dev.sluice.gateway.log;

/**
 * What can be set for a topic, and changed later.
 *
 * @param retention how long records are kept
 */
public record TopicSettings(Retention retention) {

  /** Keeps everything. */
  public static final TopicSettings DEFAULT = new TopicSettings(Retention.FOREVER);
}
