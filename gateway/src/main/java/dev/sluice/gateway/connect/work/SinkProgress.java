package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a sink or rule has come, committed now and then. Closing commits what is left. Belongs to
 * one thread.
 *
 * <p>Invariant position-after-put: callers report records only after the put that carried them has
 * returned, or their dead letter is durable. A rule under exactly once has only collected its
 * output by then, and commits it together with the offsets, read by read.
 */
final class SinkProgress implements AutoCloseable {

  private static final long COMMIT_EVERY_MILLIS = 500;

  /** Far less than the time after which offsets of a transaction expire. */
  private static final long PIN_EVERY_MILLIS = 3_600_000;

  private final Job job;
  private final @Nullable RuleOutput output;
  private final Map<TopicPartition, Long> uncommitted = new HashMap<>();

  /** Offsets that were committed in transactions, and expire unless they are committed plainly. */
  private final Map<TopicPartition, Long> unpinned = new HashMap<>();

  private int settledOutput;
  private long lastCommitMillis;
  private long lastPinMillis;

  /**
   * Begins.
   *
   * @param output what is to be committed with the offsets, for a rule under exactly once; else
   *     null
   */
  SinkProgress(Job job, @Nullable RuleOutput output) {
    this.job = job;
    this.output = output;
    this.lastCommitMillis = job.clock().millis();
    this.lastPinMillis = lastCommitMillis;
  }

  /** Everything of a partition before the offset is done. */
  void done(TopicPartition partition, long nextOffset) {
    done(Map.of(partition, nextOffset));
  }

  void done(Map<TopicPartition, Long> nextOffsets) {
    uncommitted.putAll(nextOffsets);
    settledOutput = output == null ? 0 : output.size();
  }

  /** Commits if there is output, or if the last commit was a while ago. */
  void commitIfDue() throws InterruptedException {
    if (settledOutput > 0 || job.clock().millis() - lastCommitMillis >= COMMIT_EVERY_MILLIS) {
      commit();
    }
  }

  /**
   * There is nothing to read: commits what is done; a mere position doesn't hurry if it is dear.
   */
  void commitIdle() throws InterruptedException {
    if (output == null) {
      commit();
      return;
    }
    commitIfDue();
    if (job.clock().millis() - lastPinMillis >= PIN_EVERY_MILLIS) {
      pin();
    }
  }

  /** Commits what is done, before a pause of unknown length; durable when this returns. */
  void commitAndPin() throws InterruptedException {
    commit();
    pin();
  }

  private void commit() throws InterruptedException {
    if (!uncommitted.isEmpty() && !job.control().abandoned()) {
      Map<TopicPartition, Long> offsets = Map.copyOf(uncommitted);
      if (output == null) {
        commitPlainly(offsets);
      } else {
        output.commit(offsets);
        unpinned.putAll(offsets);
        settledOutput = 0;
      }
    }
    uncommitted.clear();
    lastCommitMillis = job.clock().millis();
  }

  private void commitPlainly(Map<TopicPartition, Long> offsets) throws InterruptedException {
    boolean unused =
        job.stubborn()
            .run(
                () -> {
                  job.log().groups().commit(Job.group(job.connector()), offsets);
                  return true;
                });
  }

  /** Commits the same offsets again in the way that lets them stay however long nothing comes. */
  private void pin() throws InterruptedException {
    if (!unpinned.isEmpty() && !job.control().abandoned()) {
      commitPlainly(Map.copyOf(unpinned));
      unpinned.clear();
    }
    lastPinMillis = job.clock().millis();
  }

  @Override
  public void close() throws InterruptedException {
    if (output != null) {
      output.cut(settledOutput); // The rest was collected for records that are not done.
    }
    commitAndPin();
  }
}
