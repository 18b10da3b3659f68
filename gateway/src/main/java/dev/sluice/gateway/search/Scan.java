package dev.sluice.gateway.search;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.Unreadable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass over what is to be searched. It holds no more than a stretch of one partition at a time,
 * and of that only what matches. Belongs to one thread, which must not be interrupted: that would
 * close the log's files under others. The watcher ends it instead.
 */
public final class Scan {

  /** The watcher hears at least each time so many records have been looked at. */
  private static final int LOOK_UP_EVERY = 256;

  private static final Comparator<Stretch> BY_TURN =
      Comparator.comparingLong(Stretch::rank)
          .thenComparingInt(stretch -> stretch.left().topicPartition().partition());

  /** Why a search has ended. */
  public enum Reason {
    /** As many were found as were wanted. */
    LIMIT,
    /** All has been looked at, but for single places that can't be read, which were told. */
    END,
    /** The same, but for partitions that are offline. */
    OFFLINE,
    /** It has lasted as long as it may. */
    TIME_LIMIT,
    /** The watcher had enough. */
    STOPPED
  }

  /** Who hears of it, on the searching thread. What answers false ends the search. */
  public interface Watcher {

    /** A match, or a place that can't be decoded. May wait. */
    boolean found(Entry entry);

    /** So far it has come; heard often, also while nothing is found. */
    boolean goesOn(Progress progress);
  }

  private final Search search;
  private final LongSupplier nanoClock;
  private final Watcher watcher;
  private final List<Stretch> stretches;
  private final Set<Stretch> offline = new HashSet<>();
  private final Tally tally;
  private long size;
  private long deadlineNanos;
  private @Nullable Reason ended;

  /** A search that has not begun. */
  public Scan(Records records, Search search, LongSupplier nanoClock, Watcher watcher) {
    this.search = search;
    this.nanoClock = nanoClock;
    this.watcher = watcher;
    this.tally = new Tally(search.condition());
    this.stretches =
        search.ranges().stream()
            .map(
                range ->
                    switch (search.order()) {
                      case OLDEST -> new ForwardStretch(records, range);
                      case NEWEST -> new BackwardStretch(records, range);
                    })
            .toList();
    this.size = left();
  }

  /**
   * Searches, once. A partition that is offline is told of and left as it is; a damaged place is
   * told of and left behind.
   *
   * @throws LogException as {@link Records#read}, other than for what retention has deleted
   *     meanwhile, which counts as done; {@code PARTITION_OFFLINE} if all are before any record was
   *     looked at
   */
  public Reason run() {
    deadlineNanos = nanoClock.getAsLong() + search.timeLimit().toNanos();
    // Of the partitions the one goes on whose next records are the first by time, as far as known.
    PriorityQueue<Stretch> open = new PriorityQueue<>(BY_TURN);
    stretches.stream().filter(stretch -> stretch.left().size() > 0).forEach(open::add);
    lookUp();
    while (ended == null) {
      Stretch next = open.poll();
      if (next == null) {
        ended = offline.isEmpty() ? Reason.END : Reason.OFFLINE;
      } else {
        boolean isReadable = advance(next);
        lookUp();
        if (isReadable && next.left().size() > 0) {
          open.add(next);
        }
      }
    }
    return ended;
  }

  private boolean advance(Stretch next) {
    try {
      size += next.settle();
      if (next.left().size() > 0) {
        next.advance(this);
      }
      next.cameOn();
      return true;
    } catch (LogException failed) {
      if (!failed.isUnreadable()) {
        throw failed;
      }
      return next.narrow() || isLeftBehind(next, failed);
    }
  }

  /** Whether the partition can be searched behind what could not be read. */
  private boolean isLeftBehind(Stretch stretch, LogException failed) {
    Optional<Unreadable> damage = stretch.stepOver(failed);
    damage.ifPresent(this::tell);
    if (damage.isEmpty()) {
      offline.add(stretch);
      if (offline.size() == stretches.size() && tally.scanned() == 0) {
        throw failed;
      }
      tell(Unreadable.offline(stretch.left().topicPartition(), stretch.place(), failed));
    }
    return damage.isPresent();
  }

  /** What has not been searched, of each partition. */
  public List<PartitionRange> rest() {
    return stretches.stream().map(Stretch::left).toList();
  }

  /** How far it is. */
  public Progress progress() {
    return tally.progress(size == 0 ? 1 : (double) (size - left()) / size);
  }

  private long left() {
    return stretches.stream()
        .filter(stretch -> !offline.contains(stretch))
        .mapToLong(stretch -> stretch.left().size())
        .sum();
  }

  /** How many more may be found. */
  int wanted() {
    return (int) (search.limit() - tally.matches());
  }

  /** Whether this is to be told of. */
  boolean admits(Entry entry) {
    return switch (entry) {
      case Unreadable place -> true;
      case StoredRecord candidate -> {
        boolean admitted = tally.admits(candidate);
        if (tally.scanned() % LOOK_UP_EVERY == 0) {
          lookUp();
        }
        yield admitted;
      }
    };
  }

  /** Tells of it. */
  void tell(Entry entry) {
    switch (entry) {
      case StoredRecord match -> tally.foundMatch();
      case Unreadable place -> tally.foundUnreadable();
    }
    if (!watcher.found(entry)) {
      ended = Reason.STOPPED;
    } else if (wanted() == 0) {
      ended = Reason.LIMIT;
    }
  }

  boolean hasEnded() {
    return ended != null;
  }

  private void lookUp() {
    if (ended == null && !watcher.goesOn(progress())) {
      ended = Reason.STOPPED;
    }
    if (ended == null && nanoClock.getAsLong() - deadlineNanos >= 0) {
      ended = Reason.TIME_LIMIT;
    }
  }
}
