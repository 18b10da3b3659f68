package dev.sluice.gateway.log.embedded;

import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.KeyedTopic;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the positions that earlier versions kept in a topic of their own, {@value
 * OwnTopics#FORMER_GROUP_OFFSETS}: a record's key was {@code group, topic, partition} joined by
 * tabs, its value the offset in decimal.
 *
 * <p>To be done before any group can move: then it may end at any point and be done again at the
 * next start, since the topic goes only when all of it is committed.
 */
public final class FormerGroups {

  private static final String TOPIC = OwnTopics.FORMER_GROUP_OFFSETS;

  private static final Logger LOG = LoggerFactory.getLogger(FormerGroups.class);
  private static final int NO_SNAPSHOTS = Integer.MAX_VALUE / 2;

  private FormerGroups() {}

  /**
   * Commits what is there, and deletes the topic. Positions in topics that are no more are dropped.
   *
   * @throws dev.sluice.gateway.log.LogException if it can't be read or committed; nothing is lost
   */
  public static void takeOver(Topics topics, Records records, Groups groups) {
    if (topics.partitionCount(TOPIC) == 0) {
      return;
    }
    Map<String, Map<TopicPartition, Long>> positions = read(topics, records);
    positions.forEach(groups::commit);
    topics.delete(TOPIC);
    LOG.info(
        "The positions of {} groups have moved from {} to where Kafka keeps them",
        positions.size(),
        TOPIC);
  }

  private static Map<String, Map<TopicPartition, Long>> read(Topics topics, Records records) {
    KeyedTopic former = KeyedTopic.open(topics, records, TOPIC, Clock.systemUTC(), NO_SNAPSHOTS);
    Map<String, Map<TopicPartition, Long>> positions = new TreeMap<>();
    former
        .entries()
        .forEach(
            (key, offset) -> {
              String[] parts = key.split("\t", -1);
              TopicPartition at = new TopicPartition(parts[1], Integer.parseInt(parts[2]));
              if (at.partition() < topics.partitionCount(at.topic())) {
                positions
                    .computeIfAbsent(parts[0], group -> new TreeMap<>())
                    .put(at, Long.parseLong(new String(offset, StandardCharsets.US_ASCII)));
              }
            });
    return positions;
  }
}
