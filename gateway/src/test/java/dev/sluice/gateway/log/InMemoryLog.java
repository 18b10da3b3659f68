package dev.sluice.gateway.log;

import dev.sluice.gateway.log.GroupDescription.Member;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The ports over plain lists, all guarded by this object's monitor. {@link #failAppends} makes
 * appends fail until it is reset; {@link #appendCount} tells how many batches were appended.
 */
public final class InMemoryLog implements Topics, Records {

  private final TreeMap<String, TopicSettings> settings = new TreeMap<>();
  private final Map<TopicPartition, List<StoredRecord>> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final TreeMap<String, Map<TopicPartition, Long>> groups = new TreeMap<>();
  private final Map<TopicPartition, List<Unreadable>> unreadable = new HashMap<>();
  private final Map<String, List<Member>> members = new HashMap<>();
  private final Set<TopicPartition> offline = new HashSet<>();
  private final Map<TopicPartition, List<Long>> damaged = new HashMap<>();
  private @Nullable LogException appendFailure;
  private int appendCount;

  /** From now on appends fail with this error; null heals them. */
  public synchronized void failAppends(@Nullable LogException failure) {
    appendFailure = failure;
  }

  /** From now on the partition can't be read, and nobody knows where it begins and ends. */
  public synchronized void takeOffline(TopicPartition tp) {
    offline.add(tp);
  }

  /** It can be read again. */
  public synchronized void bringBack(TopicPartition tp) {
    offline.remove(tp);
    notifyAll();
  }

  /** From now on what is at these offsets can't be read, while the partition goes on. */
  public synchronized void damage(TopicPartition tp, long from, long to) {
    LongStream.range(from, to).forEach(damaged.computeIfAbsent(tp, p -> new ArrayList<>())::add);
  }

  private boolean isDamaged(TopicPartition tp, long offset) {
    return damaged.getOrDefault(tp, List.of()).contains(offset);
  }

  private void requireOnline(TopicPartition tp) {
    if (offline.contains(tp)) {
      throw new LogException(LogException.Code.PARTITION_OFFLINE, tp + " is offline.");
    }
  }

  /** Appends a batch that claims so many records and can't be decoded. */
  public synchronized void appendUnreadable(TopicPartition tp, int count, long timestampMillis) {
    long base = partition(tp).size();
    var unused =
        append(
                tp,
                Collections.nCopies(count, new NewRecord(timestampMillis, null, null, List.of())))
            .join();
    unreadable
        .computeIfAbsent(tp, p -> new ArrayList<>())
        .add(new Unreadable(tp, base, base + count, timestampMillis, "Malformed as told."));
  }

  /** From now on these are in the group, which keeps others from committing; none leaves it. */
  public synchronized void join(String group, List<Member> joined) {
    if (joined.isEmpty()) {
      members.remove(group);
    } else {
      members.put(group, List.copyOf(joined));
      groups.computeIfAbsent(group, g -> new TreeMap<>());
    }
  }

  public synchronized int appendCount() {
    return appendCount;
  }

  /** Everything in a topic, partition by partition. */
  public synchronized List<StoredRecord> all(String topic) {
    return IntStream.range(0, partitionCount(topic))
        .mapToObj(p -> partitions.getOrDefault(new TopicPartition(topic, p), List.of()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public synchronized List<TopicDescription> list() {
    return settings.keySet().stream().map(name -> find(name).orElseThrow()).toList();
  }

  @Override
  public synchronized Optional<TopicDescription> find(String name) {
    return Optional.ofNullable(settings.get(name))
        .map(
            found ->
                new TopicDescription(
                    name,
                    found,
                    IntStream.range(0, partitionCount(name))
                        .mapToObj(p -> describe(new TopicPartition(name, p)))
                        .toList()));
  }

  private PartitionDescription describe(TopicPartition tp) {
    return offline.contains(tp)
        ? new PartitionDescription(tp.partition(), 0, 0, 0, tp + " is offline.")
        : new PartitionDescription(tp.partition(), startOffset(tp), endOffset(tp), 0, null);
  }

  @Override
  public synchronized int partitionCount(String name) {
    return (int) partitions.keySet().stream().filter(tp -> tp.topic().equals(name)).count();
  }

  @Override
  public synchronized TopicDescription create(String name, int count, TopicSettings initial) {
    if (settings.putIfAbsent(name, initial) != null) {
      throw new LogException(LogException.Code.TOPIC_EXISTS, "Topic '" + name + "' exists.");
    }
    addPartitions(name, count);
    return find(name).orElseThrow();
  }

  @Override
  public synchronized TopicDescription update(String name, int count, TopicSettings changed) {
    if (settings.replace(name, changed) == null) {
      throw unknown(name);
    }
    addPartitions(name, count);
    return find(name).orElseThrow();
  }

  private void addPartitions(String name, int count) {
    for (int p = 0; p < count; p++) {
      partitions.computeIfAbsent(new TopicPartition(name, p), tp -> new ArrayList<>());
    }
  }

  @Override
  public synchronized void delete(String name) {
    if (settings.remove(name) != null) {
      partitions.keySet().removeIf(tp -> tp.topic().equals(name));
      groups.values().forEach(all -> all.keySet().removeIf(tp -> tp.topic().equals(name)));
    } else {
      throw unknown(name);
    }
  }

  @Override
  public synchronized CompletableFuture<Appended> append(
      TopicPartition tp, List<NewRecord> records) {
    List<StoredRecord> partition = partitions.get(tp);
    if (partition == null) {
      return CompletableFuture.failedFuture(unknown(tp.toString()));
    }
    if (appendFailure != null) {
      return CompletableFuture.failedFuture(appendFailure);
    }
    long base = partition.size();
    for (NewRecord record : records) {
      partition.add(
          new StoredRecord(
              tp,
              partition.size(),
              record.timestampMillis(),
              record.key(),
              record.value(),
              record.headers()));
    }
    appendCount++;
    notifyAll();
    return CompletableFuture.completedFuture(new Appended(tp, base, records.size()));
  }

  @Override
  public synchronized Slice read(TopicPartition tp, long offset, int maxRecords, int maxBytes) {
    if (offset < startOffset(tp) || offset > endOffset(tp)) {
      throw new LogException(
          LogException.Code.OFFSET_OUT_OF_RANGE, tp + " has no offset " + offset + ".");
    }
    if (isDamaged(tp, offset)) {
      throw new LogException(
          LogException.Code.PLACE_DAMAGED, tp + " is damaged at offset " + offset + ".");
    }
    List<StoredRecord> partition = partition(tp);
    List<StoredRecord> records = new ArrayList<>();
    List<Unreadable> skipped = new ArrayList<>();
    long next = offset;
    while (next < partition.size()
        && records.size() + skipped.size() < maxRecords
        && !isDamaged(tp, next)) {
      Entry entry = entry(tp, (int) next);
      switch (entry) {
        case StoredRecord stored -> records.add(stored);
        case Unreadable place -> skipped.add(place);
      }
      next = entry.nextOffset();
    }
    return new Slice(records, skipped, next);
  }

  private Entry entry(TopicPartition tp, int offset) {
    return unreadable.getOrDefault(tp, List.of()).stream()
        .filter(place -> place.offset() <= offset && offset < place.nextOffset())
        .map(Entry.class::cast)
        .findFirst()
        .orElseGet(() -> partition(tp).get(offset));
  }

  @Override
  public synchronized boolean await(Map<TopicPartition, Long> offsets, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (offsets.entrySet().stream()
        .filter(e -> !offline.contains(e.getKey()))
        .noneMatch(e -> endOffset(e.getKey()) > e.getValue())) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  @Override
  public synchronized long offsetForTime(TopicPartition tp, long timestampMillis) {
    requireOnline(tp);
    return partition(tp).stream()
        .filter(record -> record.timestampMillis() >= timestampMillis)
        .mapToLong(StoredRecord::offset)
        .findFirst()
        .orElse(endOffset(tp));
  }

  @Override
  public synchronized long startOffset(TopicPartition tp) {
    requireOnline(tp);
    return starts.getOrDefault(tp, 0L);
  }

  @Override
  public synchronized long endOffset(TopicPartition tp) {
    requireOnline(tp);
    return partition(tp).size();
  }

  @Override
  public OrderedAppends ordered() {
    return new LooseOrder(this);
  }

  @Override
  public Records uncommitted() {
    return this; // There are no transactions here.
  }

  @Override
  public synchronized void deleteBefore(TopicPartition tp, long offset) {
    starts.merge(tp, offset, Math::max);
  }

  /** The third port; {@link Topics} and {@link Groups} both have a {@code list()}. */
  public Groups groups() {
    return new GroupsView();
  }

  private final class GroupsView implements Groups {
    @Override
    public List<String> list() {
      synchronized (InMemoryLog.this) {
        return List.copyOf(groups.keySet());
      }
    }

    @Override
    public List<GroupDescription> descriptions() {
      synchronized (InMemoryLog.this) {
        return groups.keySet().stream().map(this::describe).toList();
      }
    }

    private GroupDescription describe(String group) {
      List<Member> in = members.getOrDefault(group, List.of());
      return new GroupDescription(
          group, "classic", in.isEmpty() ? GroupState.EMPTY : GroupState.STABLE, "range", in);
    }

    @Override
    public Map<String, Map<TopicPartition, Long>> committed() {
      synchronized (InMemoryLog.this) {
        Map<String, Map<TopicPartition, Long>> all = new TreeMap<>();
        groups.forEach((group, offsets) -> all.put(group, Map.copyOf(offsets)));
        return all;
      }
    }

    @Override
    public Map<TopicPartition, Long> committed(String group) {
      synchronized (InMemoryLog.this) {
        return Map.copyOf(groups.getOrDefault(group, Map.of()));
      }
    }

    @Override
    public void commit(String group, Map<TopicPartition, Long> offsets) {
      synchronized (InMemoryLog.this) {
        requireEmpty(group);
        groups.computeIfAbsent(group, g -> new TreeMap<>()).putAll(offsets);
      }
    }

    @Override
    public void delete(String group) {
      synchronized (InMemoryLog.this) {
        requireEmpty(group);
        groups.remove(group);
      }
    }

    private void requireEmpty(String group) {
      if (members.containsKey(group)) {
        throw new LogException(LogException.Code.GROUP_IN_USE, "The group has members.");
      }
    }
  }

  private List<StoredRecord> partition(TopicPartition tp) {
    List<StoredRecord> partition = partitions.get(tp);
    if (partition == null) {
      throw unknown(tp.toString());
    }
    return partition;
  }

  private static LogException unknown(String what) {
    return new LogException(LogException.Code.UNKNOWN_TOPIC, "There is no '" + what + "'.");
  }
}
