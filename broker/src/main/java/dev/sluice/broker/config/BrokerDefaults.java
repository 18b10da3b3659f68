package dev.sluice.broker.config;

import dev.sluice.broker.metadata.TopicConfig;

/**
 * What holds where a client leaves it to the server. It is given to a topic when that is created:
 * other defaults later change no topic that is there.
 *
 * @param partitions how many a new topic has
 * @param autoCreate whether a topic comes into being when a client first asks for it
 * @param topic the settings of a new topic, each unless its creator says otherwise
 */
public record BrokerDefaults(int partitions, boolean autoCreate, TopicConfig topic) {

  /** One partition, topics created when asked for, records kept for ever. */
  public static final BrokerDefaults STANDARD = new BrokerDefaults(1, true, TopicConfig.FOREVER);

  /** Refuses what no topic could have. */
  public BrokerDefaults {
    if (partitions < 1) {
      throw new IllegalArgumentException("A topic needs a partition, not " + partitions);
    }
  }
}
