package dev.sluice.gateway.log;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
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

  private final Records records;
  private final TopicPartition topicPartition;
  private final Clock clock;
  private final int snapshotEvery;
  private final ConcurrentNavigableMap<String, byte[]> entries = new ConcurrentSkipListMap<>();
  private final AtomicInteger sinceSnapshot = new AtomicInteger();

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
    opened.replay();
    return opened;
  }

  private void replay() {
    long offset = records.startOffset(topicPartition);
    long end = records.endOffset(topicPartition);
    while (offset < end) {
      Records.Slice slice = records.read(topicPartition, offset, READ_RECORDS, READ_BYTES);
      if (!slice.unreadable().isEmpty()) {
        throw unreadable(slice.unreadable().getFirst());
      }
      for (StoredRecord record : slice.records()) {
        if (record.key() != null) {
          remember(new String(record.key(), StandardCharsets.UTF_8), record.value());
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

  private void remember(String key, byte @Nullable [] value) {
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
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
      byte[] key = change.getKey().getBytes(StandardCharsets.UTF_8);
      batch.add(new NewRecord(now, key, change.getValue(), List.of()));
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
