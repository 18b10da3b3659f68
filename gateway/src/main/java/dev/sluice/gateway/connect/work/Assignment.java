package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions belong to which task of a sink or rule: partition p of every topic belongs to
 * task p modulo the number of tasks.
 */
public final class Assignment {

  private Assignment() {}

  /**
   * The partitions of a task that exist now: those of the connector's topics, and those of what is
   * to be delivered to it once more.
   */
  public static List<TopicPartition> partitions(Topics topics, ConnectorSpec spec, int taskNumber) {
    List<TopicPartition> mine = new ArrayList<>();
    spec.topics().forEach(topic -> add(topics, topic, spec, taskNumber, mine));
    add(topics, OwnTopics.redelivery(spec.name()), spec, taskNumber, mine);
    return mine;
  }

  private static void add(
      Topics topics, String topic, ConnectorSpec spec, int taskNumber, List<TopicPartition> to) {
    int count = topics.partitionCount(topic);
    for (int partition = taskNumber; partition < count; partition += spec.tasks()) {
      to.add(new TopicPartition(topic, partition));
    }
  }

  /**
   * How many records are waiting for each task, measured from what they have committed, which is
   * asked for once. Partitions that cannot be looked at now, because they are offline or just
   * deleted, do not count.
   *
   * @param tasks of the tasks up to this number
   */
  public static List<Long> lags(LogPorts log, ConnectorSpec spec, int tasks) {
    Map<TopicPartition, Long> committed = log.groups().committed(Job.group(spec.name()));
    return IntStream.range(0, tasks)
        .mapToObj(
            task ->
                partitions(log.topics(), spec, task).stream()
                    .mapToLong(partition -> lag(log.records(), partition, committed.get(partition)))
                    .sum())
        .toList();
  }

  private static long lag(Records records, TopicPartition partition, @Nullable Long committed) {
    try {
      long start = records.startOffset(partition);
      long position = committed == null ? start : Math.max(start, committed);
      return Math.max(0, records.endOffset(partition) - position);
    } catch (LogException unreadable) {
      return 0;
    }
  }
}
