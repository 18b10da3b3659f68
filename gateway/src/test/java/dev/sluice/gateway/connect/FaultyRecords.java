package dev.sluice.gateway.connect;

import dev.sluice.gateway.log.ForwardingRecords;
import dev.sluice.gateway.log.GroupDescription;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Records whose appends can be made to hang or fail for single topics, and that can be cut off as a
 * killed process is. All guarded by this object's monitor.
 */
public final class FaultyRecords extends ForwardingRecords {

  private record Held(
      TopicPartition target, List<NewRecord> records, CompletableFuture<Appended> future) {}

  private final InMemoryLog log;
  private final Map<String, LogException> failures = new HashMap<>();
  private final List<String> heldTopics = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final Set<String> keyedTopics = new HashSet<>();
  private int maxValueBytes = Integer.MAX_VALUE;
  private boolean cut;
  private int largestRead;
  private @Nullable CompletableFuture<Void> lateAnswer;

  public FaultyRecords(InMemoryLog log) {
    super(log);
    this.log = log;
  }

  /** From now on nothing arrives any more. */
  public synchronized void cut() {
    cut = true;
  }

  /** Appends to the topic fail; null heals them. */
  public synchronized void fail(String topic, LogException.@Nullable Code code) {
    if (code == null) {
      failures.remove(topic);
    } else {
      failures.put(topic, new LogException(code, topic + " fails as told."));
    }
  }

  /** Batches with a larger value are refused. */
  public synchronized void refuseLargerThan(int bytes) {
    maxValueBytes = bytes;
  }

  /** Appends to the topic hang until released. */
  public synchronized void hold(String topic) {
    heldTopics.add(topic);
  }

  /** Batches with a record without a key are refused from now on, as for a compacted topic. */
  public synchronized void requireKeys(String topic) {
    keyedTopics.add(topic);
  }

  /** The next append is carried out, but is answered only when released. */
  public synchronized CompletableFuture<Void> answerNextLate() {
    lateAnswer = new CompletableFuture<>();
    return lateAnswer;
  }

  public synchronized int heldCount() {
    return held.size();
  }

  /** Carries out the oldest hanging append. */
  public synchronized void releaseOne() {
    carryOut(held.removeFirst());
  }

  /** Carries out all hanging appends; none hangs any more. */
  public synchronized void releaseAll() {
    heldTopics.clear();
    while (!held.isEmpty()) {
      releaseOne();
    }
  }

  /** Lets the oldest hanging append fail. */
  public synchronized void failOne(LogException.Code code) {
    held.removeFirst().future().completeExceptionally(new LogException(code, "Fails as told."));
  }

  private void carryOut(Held append) {
    var unused =
        log.append(append.target(), append.records())
            .whenComplete(
                (appended, failure) -> {
                  if (failure == null) {
                    append.future().complete(appended);
                  } else {
                    append.future().completeExceptionally(failure);
                  }
                });
  }

  @Override
  public synchronized CompletableFuture<Appended> append(
      TopicPartition target, List<NewRecord> records) {
    checkNotCut();
    LogException refusal = refusal(target, records);
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    if (heldTopics.contains(target.topic())) {
      CompletableFuture<Appended> future = new CompletableFuture<>();
      held.add(new Held(target, List.copyOf(records), future));
      return future;
    }
    CompletableFuture<Appended> appended = log.append(target, records);
    CompletableFuture<Void> late = lateAnswer;
    lateAnswer = null;
    return late == null ? appended : late.thenCompose(released -> appended);
  }

  /** Why such a batch fails now, or null. */
  synchronized @Nullable LogException refusal(TopicPartition target, List<NewRecord> records) {
    LogException failure = failures.get(target.topic());
    if (failure != null) {
      return failure;
    }
    for (NewRecord newRecord : records) {
      byte[] value = newRecord.value();
      if (value != null && value.length > maxValueBytes) {
        return new LogException(LogException.Code.TOO_LARGE, "A record is too large.");
      }
    }
    return keyedTopics.contains(target.topic()) && records.stream().anyMatch(r -> r.key() == null)
        ? new LogException(LogException.Code.INVALID_RECORD, "A record has no key.")
        : null;
  }

  synchronized void checkNotCut() {
    if (cut) {
      throw new LogException(LogException.Code.CLOSED, "Cut off.");
    }
  }

  @Override
  public Slice read(TopicPartition topicPartition, long offset, int maxRecords, int maxBytes) {
    synchronized (this) {
      checkNotCut();
      largestRead = Math.max(largestRead, maxBytes);
    }
    return log.read(topicPartition, offset, maxRecords, maxBytes);
  }

  /** How many bytes were asked for at once at most. */
  public synchronized int largestRead() {
    return largestRead;
  }

  @Override
  public boolean await(Map<TopicPartition, Long> offsets, Duration timeout)
      throws InterruptedException {
    checkNotCut();
    return log.await(offsets, timeout);
  }

  @Override
  public void deleteBefore(TopicPartition topicPartition, long offset) {
    checkNotCut();
    log.deleteBefore(topicPartition, offset);
  }

  /** The groups of the log, cut off together with the records. */
  public Groups groups() {
    Groups whole = log.groups();
    return new Groups() {
      @Override
      public List<String> list() {
        return whole.list();
      }

      @Override
      public List<GroupDescription> descriptions() {
        return whole.descriptions();
      }

      @Override
      public Map<String, Map<TopicPartition, Long>> committed() {
        return whole.committed();
      }

      @Override
      public Map<TopicPartition, Long> committed(String group) {
        return whole.committed(group);
      }

      @Override
      public void commit(String group, Map<TopicPartition, Long> offsets) {
        checkNotCut();
        whole.commit(group, offsets);
      }

      @Override
      public void delete(String group) {
        checkNotCut();
        whole.delete(group);
      }
    };
  }

  /** Values of a topic as text, in order of partition and offset. */
  public List<String> values(String topic) {
    return log.all(topic).stream().map(FaultyRecords::text).toList();
  }

  private static String text(StoredRecord stored) {
    byte[] value = stored.value();
    return value == null
        ? "(tombstone)"
        : new String(value, java.nio.charset.StandardCharsets.UTF_8);
  }
}
