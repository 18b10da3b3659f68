package dev.sluice.gateway.log;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small map that lives in a topic of one partition: the last record of a key is its value, a null
 * value forgets the key. Read whole at start, then kept in memory.
 *
 * <p>The topic stays small: after so many appended records all current entries are written anew and
 * everything before them is deleted. Thread-safe. Changes of one key must come from one thread at a
 * time, or their order is open.
 */
public final class KeyedTopic {

  private static final Logger LOG = LoggerFactory.getLogger(KeyedTopic.class);
  private static final int READ_RECORDS = 10_000;
  private static final int READ_BYTES = 4 << 20;
  private static final int WRITE_RECORDS = 1_000;

  /** How long what must be known waits for transactions and appends that are under way. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

  /** Appends changes as part of something larger. */
  @FunctionalInterface
  public interface Writer {

    /**
     * Appends records to the map's topic.
     *
     * @throws LogException if they are not valid, or if that is not known
     */
    void write(TopicPartition topicPartition, List<NewRecord> records) throws InterruptedException;
  }

  private final Records records;
  private final TopicPartition topicPartition;
  private final Clock clock;
  private final int snapshotEvery;
  private final ConcurrentNavigableMap<String, byte[]> entries = new ConcurrentSkipListMap<>();
  private final AtomicInteger sinceSnapshot = new AtomicInteger();

  /** Whether the topic may hold changes that are not in memory. */
  private volatile boolean isUnsure;

  /**
   * Held shared from append to durable, and alone for a snapshot: an append that is still on its
   * way when a snapshot begins would be in neither the snapshot nor behind it, and so be deleted.
   */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private KeyedTopic(Records records, String topic, Clock clock, int snapshotEvery) {
    this.records = records;
    this.topicPartition = new TopicPartition(topic, 0);
    this.clock = clock;
    this.snapshotEvery = snapshotEvery;
  }

  /**
   * Opens the map, creating its topic if need be, and reads it.
   *
   * @param snapshotEvery how many records are appended between two snapshots, at least 1
   * @throws LogException if the topic can be neither created nor read
   */
  public static KeyedTopic open(
      Topics topics, Records records, String topic, Clock clock, int snapshotEvery) {
    if (topics.partitionCount(topic) == 0) {
      topics.create(topic, 1, TopicSettings.DEFAULT);
    }
    KeyedTopic opened = new KeyedTopic(records, topic, clock, snapshotEvery);
    try {
      opened.replay();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException(LogException.Code.CLOSED, "Interrupted while reading " + topic, e);
    }
    return opened;
  }

  private void replay() throws InterruptedException {
    Map<String, byte[]> read = new HashMap<>();
    long offset = records.startOffset(topicPartition);
    long end = awaitStable();
    while (offset < end) {
      Records.Slice slice = records.read(topicPartition, offset, READ_RECORDS, READ_BYTES);
      if (!slice.unreadable().isEmpty()) {
        throw unreadable(slice.unreadable().getFirst());
      }
      for (StoredRecord record : slice.records()) {
        if (record.key() != null) {
          remember(read, new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
      }
      sinceSnapshot.addAndGet(slice.records().size());
      if (slice.nextOffset() <= offset) {
        throw new LogException(
            LogException.Code.INTERNAL,
            "Reading " + topicPartition + " stands still at offset " + offset + ".");
      }
      offset = slice.nextOffset();
    }
    // What is in memory never goes back to an older value meanwhile: others read it.
    entries.putAll(read);
    entries.keySet().retainAll(read.keySet());
  }

  /** The end of the partition, once no open transaction hides any of it. */
  private long awaitStable() throws InterruptedException {
    long end = records.uncommitted().endOffset(topicPartition);
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    for (long stable = records.endOffset(topicPartition);
        stable < end;
        stable = records.endOffset(topicPartition)) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative() || !records.await(Map.of(topicPartition, stable), left)) {
        throw new LogException(
            LogException.Code.PARTITION_OFFLINE,
            "A transaction in %s is open; what is behind offset %d can't be read yet."
                .formatted(topicPartition, stable));
      }
    }
    return end;
  }

  /** Going on without it could bring back what was forgotten, or repeat what was done. */
  private LogException unreadable(Unreadable place) {
    return new LogException(
        LogException.Code.INTERNAL,
        "The gateway's own state in "
            + topicPartition
            + " can't be read from offset "
            + place.offset()
            + " on: "
            + place.message()
            + " Nobody but the gateway may write there: restore the topic from a backup, or delete"
            + " it to begin without that state.");
  }

  /** A view of all entries by key. */
  public NavigableMap<String, byte[]> entries() {
    return Collections.unmodifiableNavigableMap(entries);
  }

  /** A view of the entries whose key starts with the prefix. */
  public NavigableMap<String, byte[]> entries(String prefix) {
    return Collections.unmodifiableNavigableMap(
        entries.subMap(prefix, true, prefix + Character.MAX_VALUE, false));
  }

  /**
   * Stores the changes; they are durable and seen when this returns.
   *
   * @param changes values by key; null forgets
   * @throws LogException if they could not be stored
   */
  public void put(Map<String, byte @Nullable []> changes) throws InterruptedException {
    if (changes.isEmpty()) {
      return;
    }
    lock.readLock().lockInterruptibly();
    try {
      append(changes);
      changes.forEach(this::remember);
    } finally {
      lock.readLock().unlock();
    }
    if (sinceSnapshot.addAndGet(changes.size()) >= snapshotEvery + entries.size()) {
      snapshot();
    }
  }

  /**
   * Stores the changes as part of something larger, which is valid as a whole when the writer
   * returns; they are seen when this returns. If the writer fails, it is open whether they are
   * stored until {@link #settle}.
   *
   * @throws LogException what the writer throws
   */
  public void put(Map<String, byte @Nullable []> changes, Writer writer)
      throws InterruptedException {
    long now = clock.millis();
    List<NewRecord> batch = new ArrayList<>();
    changes.forEach((key, value) -> batch.add(change(now, key, value)));
    boolean isKnown = false;
    lock.readLock().lockInterruptibly();
    try {
      writer.write(topicPartition, batch);
      changes.forEach(this::remember);
      isKnown = true;
    } finally {
      isUnsure |= !isKnown;
      lock.readLock().unlock();
    }
    if (sinceSnapshot.addAndGet(changes.size()) >= snapshotEvery + entries.size()) {
      snapshot();
    }
  }

  /**
   * Waits until all that is being stored is stored or has failed, and reads again what could not be
   * told.
   *
   * @throws LogException {@code PARTITION_OFFLINE} if that takes too long
   */
  public void settle() throws InterruptedException {
    if (!lock.writeLock().tryLock(SETTLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new LogException(
          LogException.Code.PARTITION_OFFLINE, "An append to " + topicPartition + " hangs.");
    }
    try {
      if (isUnsure) {
        replay();
        isUnsure = false;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void remember(String key, byte @Nullable [] value) {
    remember(entries, key, value);
  }

  private static void remember(Map<String, byte[]> map, String key, byte @Nullable [] value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  private void snapshot() throws InterruptedException {
    lock.writeLock().lockInterruptibly();
    try {
      if (sinceSnapshot.get() < snapshotEvery + entries.size()) {
        return; // Another thread was faster.
      }
      long start =
          entries.isEmpty() ? records.endOffset(topicPartition) : append(Map.copyOf(entries));
      records.deleteBefore(topicPartition, start);
      sinceSnapshot.set(entries.size());
    } catch (LogException e) {
      // Nothing is lost, the topic is only longer than it need be; the next put tries again.
      LOG.warn("Cannot shorten {}: {}", topicPartition, e.getMessage());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Appends in batches of moderate size; returns the first offset. */
  private long append(Map<String, ? extends byte @Nullable []> changes)
      throws InterruptedException {
    List<CompletableFuture<Records.Appended>> appended = new ArrayList<>();
    List<NewRecord> batch = new ArrayList<>();
    long now = clock.millis();
    for (Map.Entry<String, ? extends byte @Nullable []> change : changes.entrySet()) {
      batch.add(change(now, change.getKey(), change.getValue()));
      if (batch.size() == WRITE_RECORDS) {
        appended.add(records.append(topicPartition, batch));
        batch = new ArrayList<>();
      }
    }
    if (!batch.isEmpty()) {
      appended.add(records.append(topicPartition, batch));
    }
    long first = -1;
    for (CompletableFuture<Records.Appended> future : appended) {
      long base = await(future).baseOffset();
      first = first < 0 ? base : Math.min(first, base);
    }
    return first;
  }

  private static NewRecord change(long nowMillis, String key, byte @Nullable [] value) {
    return new NewRecord(nowMillis, key.getBytes(StandardCharsets.UTF_8), value, List.of());
  }

  private static Records.Appended await(CompletableFuture<Records.Appended> future)
      throws InterruptedException {
    try {
      return Objects.requireNonNull(future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogException logException) {
        throw logException;
      }
      throw new LogException(
          LogException.Code.INTERNAL, "An append failed: " + e.getCause(), e.getCause());
    }
  }
}
