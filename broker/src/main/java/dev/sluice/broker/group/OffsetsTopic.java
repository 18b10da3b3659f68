package dev.sluice.broker.group;

import dev.sluice.broker.metadata.CompactionConfig;
import dev.sluice.broker.metadata.SegmentConfig;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;
import java.util.Optional;

/** The topic that holds groups and their offsets, in Kafka's format. */
final class OffsetsTopic {

  static final String NAME = org.apache.kafka.common.internals.Topic.GROUP_METADATA_TOPIC_NAME;

  /**
   * A group lives in one partition, and what is written to a partition while it is forced becomes
   * durable together: few partitions mean few forces. More than one, so that groups are served and
   * loaded beside each other; eight keep as many processors busy as a gateway is likely to have,
   * and cost eight folders at the start. It can't be changed for a topic that is there: a group is
   * found by the hash of its name.
   */
  static final int PARTITIONS = 8;

  /** Small segments, so that little is read that compaction could have removed. */
  private static final int SEGMENT_BYTES = 16 << 20;

  private static final TopicConfig CONFIG =
      new TopicConfig(
          null,
          null,
          null,
          new CompactionConfig(null, null, null, null),
          null,
          null,
          null,
          new SegmentConfig(SEGMENT_BYTES, null));

  private OffsetsTopic() {}

  /**
   * Finds the topic, and creates it if there is none.
   *
   * @throws TopicException if it can't be created
   * @throws dev.sluice.log.StorageException if it could not be written
   */
  static Topic ensure(TopicCatalog topics) {
    Optional<Topic> there = topics.find(NAME);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return topics.create(NAME, PARTITIONS, CONFIG);
    } catch (TopicException taken) {
      return topics.find(NAME).orElseThrow(() -> taken);
    }
  }
}
