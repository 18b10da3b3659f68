package dev.sluice.gateway.messaging;

import dev.sluice.gateway.log.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The offsets that were handed out and not yet acknowledged. Acknowledgements may come in any
 * order; the position to commit is below the oldest one that is missing (<b>invariant
 * position-after-acknowledgement</b>). Guarded by its own monitor.
 */
final class OutstandingOffsets {

  private final Map<TopicPartition, TreeSet<Long>> outstanding = new HashMap<>();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Map<TopicPartition, Long> changed = new HashMap<>();
  private final int limit;
  private int count;
  private boolean closed;

  /**
   * None yet.
   *
   * @param limit how many may be outstanding before {@link #awaitRoom} waits
   */
  OutstandingOffsets(int limit) {
    this.limit = limit;
  }

  synchronized void handedOut(TopicPartition partition, long offset) {
    outstanding.computeIfAbsent(partition, p -> new TreeSet<>()).add(offset);
    next.put(partition, offset + 1);
    count++;
  }

  synchronized void acknowledged(TopicPartition partition, long offset) {
    TreeSet<Long> missing = outstanding.get(partition);
    if (missing == null || !missing.remove(offset)) {
      return;
    }
    count--;
    long position =
        missing.isEmpty() ? next.getOrDefault(partition, offset + 1) : missing.getFirst();
    changed.put(partition, position);
    notifyAll();
  }

  /** The positions that moved since the last call. */
  synchronized Map<TopicPartition, Long> takeChanged() {
    Map<TopicPartition, Long> taken = Map.copyOf(changed);
    changed.clear();
    return taken;
  }

  /** Waits until fewer than the limit are outstanding, or until closed. */
  synchronized void awaitRoom() throws InterruptedException {
    while (count >= limit && !closed) {
      wait();
    }
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
