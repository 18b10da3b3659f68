package dev.sluice.log.producer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Producers by id, by the start of their open transaction, or, if they have none, by how long they
 * have been idle; with a journal to take changes back. Not thread-safe.
 */
final class ProducerTable {

  /** What a producer's state was before a change; null if it was not known. */
  private record Previous(long producerId, @Nullable ProducerState state) {}

  private final Map<Long, ProducerState> byId = new HashMap<>();

  private final TreeSet<ProducerState> open =
      new TreeSet<>(
          Comparator.comparingLong(ProducerState::transactionFirstOffset)
              .thenComparingLong(ProducerState::producerId));

  private final TreeSet<ProducerState> idle =
      new TreeSet<>(
          Comparator.comparingLong(ProducerState::lastActiveMillis)
              .thenComparingLong(ProducerState::lastOffset)
              .thenComparingLong(ProducerState::producerId));

  private final List<Previous> journal = new ArrayList<>();
  private boolean isRecording;

  @Nullable ProducerState get(long producerId) {
    return byId.get(producerId);
  }

  Collection<ProducerState> all() {
    return byId.values();
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** How many have no open transaction. */
  int idleCount() {
    return idle.size();
  }

  /** The one whose open transaction began first, or null. */
  @Nullable ProducerState firstOpen() {
    return open.isEmpty() ? null : open.first();
  }

  /** The one without a transaction that was heard of longest ago, or null. */
  @Nullable ProducerState longestIdle() {
    return idle.isEmpty() ? null : idle.first();
  }

  void put(ProducerState state) {
    record(state.producerId(), set(state));
  }

  void remove(ProducerState state) {
    record(state.producerId(), unset(state.producerId()));
  }

  void clear() {
    byId.clear();
    open.clear();
    idle.clear();
    forget();
  }

  /** Begins to record changes, if that has not begun; the place in the journal. */
  int mark() {
    isRecording = true;
    return journal.size();
  }

  /** Takes back what was changed since a mark. */
  void rollBackTo(int mark) {
    while (journal.size() > mark) {
      Previous previous = journal.removeLast();
      var unused = previous.state == null ? unset(previous.producerId) : set(previous.state);
    }
  }

  void forget() {
    journal.clear();
    isRecording = false;
  }

  private void record(long producerId, @Nullable ProducerState previous) {
    if (isRecording) {
      journal.add(new Previous(producerId, previous));
    }
  }

  private @Nullable ProducerState set(ProducerState state) {
    ProducerState previous = unset(state.producerId());
    byId.put(state.producerId(), state);
    order(state).add(state);
    return previous;
  }

  private @Nullable ProducerState unset(long producerId) {
    ProducerState previous = byId.remove(producerId);
    if (previous != null) {
      order(previous).remove(previous);
    }
    return previous;
  }

  private TreeSet<ProducerState> order(ProducerState state) {
    return state.hasTransaction() ? open : idle;
  }
}
