package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.TopicPartition;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a sink has come, committed now and then. Closing commits what is left. Belongs to one
 * thread.
 *
 * <p>Invariant position-after-put: callers report records only after the put that carried them has
 * returned, or their dead letter is durable.
 */
final class SinkProgress implements AutoCloseable {

  private static final long COMMIT_EVERY_MILLIS = 500;

  private final Job job;
  private final Map<TopicPartition, Long> uncommitted = new HashMap<>();
  private long lastCommitMillis;

  SinkProgress(Job job) {
    this.job = job;
    this.lastCommitMillis = job.clock().millis();
  }

  /** Everything of a partition before the offset is done. */
  void done(TopicPartition partition, long nextOffset) {
    uncommitted.put(partition, nextOffset);
  }

  void done(Map<TopicPartition, Long> nextOffsets) {
    uncommitted.putAll(nextOffsets);
  }

  /** Commits if the last commit was a while ago. */
  void commitIfDue() throws InterruptedException {
    if (job.clock().millis() - lastCommitMillis >= COMMIT_EVERY_MILLIS) {
      commit();
    }
  }

  /** Commits what is done; durable when this returns. */
  void commit() throws InterruptedException {
    if (!uncommitted.isEmpty() && !job.control().abandoned()) {
      boolean unused =
          job.stubborn()
              .run(
                  () -> {
                    job.log().groups().commit(Job.group(job.connector()), Map.copyOf(uncommitted));
                    return true;
                  });
    }
    uncommitted.clear();
    lastCommitMillis = job.clock().millis();
  }

  @Override
  public void close() throws InterruptedException {
    commit();
  }
}
