package dev.sluice.log.partition;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.epoch.EpochEnd;
import dev.sluice.log.partition.PendingAppend.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What replication does to a partition's log: a follower appends what its leader has numbered, and
 * takes back what the leader doesn't have; a leader shows no more than enough followers have.
 * Thread-safe, but a follower's appends and truncations are one thread's business.
 */
public final class ReplicaLog {

  private final String name;
  private final GroupCommit commit;
  private final CompactionRun compaction;

  ReplicaLog(String name, GroupCommit commit, CompactionRun compaction) {
    this.name = name;
    this.commit = commit;
    this.compaction = compaction;
  }

  /**
   * Appends batches with the offsets and epochs that they have. Gaps are kept: the leader's log may
   * have been compacted.
   *
   * @param batches complete ones, from position to limit; copied
   * @return as for {@link PartitionLog#append(ByteBuffer)}; fails with {@code OFFSET_OUT_OF_RANGE}
   *     if they begin before the log's end
   */
  public CompletableFuture<AppendResult> append(ByteBuffer batches) {
    try {
      long endOffset = AppendCheck.checkNumbered(batches, commit.settings().maxUnflushedBytes());
      PendingAppend append = new PendingAppend(Origin.LEADER, batches.remaining(), endOffset);
      commit.append(append, batches);
      return append;
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The epoch that appends are stamped with. */
  public int leaderEpoch() {
    return commit.view().leaderEpoch();
  }

  /**
   * Appends get this leader epoch from now on; durable when this returns.
   *
   * @throws StorageException {@code STALE_LEADER_EPOCH} if a later one has been seen
   */
  public void lead(int epoch) {
    commit.exclusively(
        "become leader of",
        writer -> {
          BatchAdmission admission = writer.admission();
          if (epoch < admission.leaderEpoch()) {
            throw new StorageException(
                Code.STALE_LEADER_EPOCH,
                name + " has seen leader epoch " + admission.leaderEpoch() + ", not only " + epoch,
                "Ask for the present leader");
          }
          admission.lead(epoch, writer.writtenOffset());
        });
  }

  /**
   * How far a follower that last saw an epoch agrees with this log (KIP-101, KIP-279).
   *
   * @return what Kafka's {@code OffsetForLeaderEpoch} answers
   */
  public EpochEnd endOffsetFor(int epoch) {
    List<EpochEnd> answer = new ArrayList<>();
    commit.exclusively(
        "look at the epochs of",
        writer ->
            answer.add(writer.admission().epochs().endOffsetFor(epoch, writer.writtenOffset())));
    return answer.getFirst();
  }

  /**
   * Takes back all records from an offset on, durably. A batch goes as a whole. Readers that are
   * further get {@code OFFSET_OUT_OF_RANGE}. None of this log's own appends may be under way.
   *
   * @param offset does nothing at or beyond the log end
   * @throws StorageException {@code OFFSET_OUT_OF_RANGE} below the log start
   */
  public void truncateTo(long offset) {
    try (CompactionRun.Halt unused = compaction.haltBefore(offset)) {
      commit.exclusively("truncate", writer -> truncate(writer, offset));
    }
  }

  private void truncate(LogWriter writer, long offset) throws IOException {
    if (offset < writer.logStartOffset()) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE,
          "Can't truncate " + name + " to " + offset + ": it starts at " + writer.logStartOffset(),
          "Truncate to the log start, or restart the log");
    }
    writer.truncateTo(offset);
  }

  /** Drops everything and goes on, empty, at an offset: the leader's log starts behind our end. */
  public void restartAt(long offset) {
    if (offset < 0) {
      throw new StorageException(
          Code.OFFSET_OUT_OF_RANGE, "Can't begin " + name + " at " + offset, "Name a positive one");
    }
    try (CompactionRun.Halt unused = compaction.haltBefore(0)) {
      commit.exclusively("restart", writer -> writer.restartAt(offset));
    }
  }

  /**
   * Hides what is at or behind an offset from readers until a higher limit is set, however durable
   * it is here: the high watermark is the lower of this and the durable end.
   *
   * @param offset {@code Long.MAX_VALUE} for no limit, as at the beginning
   */
  public void limitHighWatermark(long offset) {
    commit.exclusively("move the high watermark of", writer -> writer.limitView(offset));
    commit.wakeWaiters();
  }
}
