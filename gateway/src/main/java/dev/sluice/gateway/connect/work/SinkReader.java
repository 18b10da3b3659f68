package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of a task, in turn, from what is committed on. Notices partitions that
 * appear and disappear. Belongs to one thread.
 */
final class SinkReader {

  private static final int MAX_RECORDS = 2_000;
  private static final int MAX_BYTES = 4 << 20;

  private final Job job;
  private final SinkTarget target;
  private final Records records;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private List<TopicPartition> assigned = List.of();
  private int turn;
  private @Nullable LogException trouble;

  SinkReader(Job job, SinkTarget target) {
    this.job = job;
    this.target = target;
    this.records = job.log().records();
  }

  /**
   * The next records of all partitions together; empty when there are none.
   *
   * @throws Exception if a partition that has appeared can't be claimed
   */
  Chunk read() throws Exception {
    refresh();
    trouble = null;
    Chunk chunk = new Chunk();
    for (int i = 0; i < assigned.size(); i++) {
      TopicPartition partition = assigned.get((turn + i) % assigned.size());
      int moreRecords = MAX_RECORDS - chunk.entries.size();
      long moreBytes = MAX_BYTES - chunk.bytes();
      if (moreRecords > 0 && moreBytes > 0) {
        readPartition(partition, chunk, moreRecords, (int) moreBytes);
      }
    }
    turn = assigned.isEmpty() ? 0 : (turn + 1) % assigned.size();
    return chunk;
  }

  /** Why a partition could not be read in the last round, or null. */
  @Nullable LogException trouble() {
    return trouble;
  }

  private void refresh() throws Exception {
    List<TopicPartition> now =
        Assignment.partitions(job.log().topics(), job.spec(), job.taskNumber());
    if (now.equals(assigned)) {
      return;
    }
    next.keySet().retainAll(now);
    Map<TopicPartition, Long> committed = job.log().groups().committed(Job.group(job.connector()));
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : now) {
      if (!next.containsKey(partition)) {
        Long offset = committed.get(partition);
        starts.put(partition, offset == null ? records.startOffset(partition) : offset);
      }
    }
    if (!starts.isEmpty()) {
      next.putAll(target.claim(starts));
    }
    assigned = now;
  }

  private void readPartition(TopicPartition partition, Chunk chunk, int maxRecords, int maxBytes) {
    long offset = next.getOrDefault(partition, 0L);
    try {
      Records.Slice slice = records.read(partition, offset, maxRecords, maxBytes);
      slice.entries().forEach(chunk::add);
      if (slice.nextOffset() != offset) {
        next.put(partition, slice.nextOffset());
        chunk.ends.put(partition, slice.nextOffset());
      }
    } catch (LogException e) {
      switch (e.code()) {
        case OFFSET_OUT_OF_RANGE -> restartAtStart(partition, offset);
        case UNKNOWN_TOPIC -> assigned = List.of(); // Deleted just now; looked up anew next time.
        case PARTITION_OFFLINE, PLACE_DAMAGED, CLOSED, DISK_FULL -> trouble = e;
        case TOPIC_EXISTS,
            INVALID_TOPIC,
            TOO_LARGE,
            INVALID_RECORD,
            PREDECESSOR_FAILED,
            GROUP_IN_USE,
            TRANSACTION_LOST,
            INTERNAL ->
            throw e;
      }
    }
  }

  private void restartAtStart(TopicPartition partition, long offset) {
    long start = records.startOffset(partition);
    if (target.keepsPositions() && offset > start) {
      throw ConnectorException.configuration(
          "position-beyond-end",
          "The target holds position %d of %s, which ends before that."
              .formatted(offset, partition),
          "If the topic was made anew, delete its positions in the target, or give the connector"
              + " another name.");
    }
    next.put(partition, start);
    job.monitor()
        .report(
            "connector.offset-reset",
            "Offset %d of %s is not there (any more); goes on at its start, offset %d."
                .formatted(offset, partition, start));
  }

  /** Waits until there may be something to read. */
  void await(Duration timeout) throws InterruptedException {
    if (next.isEmpty()) {
      boolean unused = job.control().sleep(timeout);
      return;
    }
    try {
      boolean unused = records.await(Map.copyOf(next), timeout);
    } catch (LogException e) {
      // A partition went away or offline; the next read finds out which and why.
      boolean unused = job.control().sleep(timeout);
    }
  }
}
