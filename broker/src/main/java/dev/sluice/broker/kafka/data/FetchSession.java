package dev.sluice.broker.kafka.data;

import dev.sluice.broker.kafka.data.Wanted.PartitionKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.requests.FetchMetadata;

/**
 * What a consumer has said that it reads, so that it need not say it again with each request, and
 * is told only what is new (KIP-227). Guarded by its own monitor; a client has one request under
 * way at a time.
 */
final class FetchSession {

  /** What the client was told last of a partition. */
  private record Told(long highWatermark, long lastStableOffset, long logStartOffset) {
    private static final Told NOTHING = new Told(-1, -1, -1);

    private static Told of(PartitionData data) {
      return new Told(data.highWatermark(), data.lastStableOffset(), data.logStartOffset());
    }
  }

  private record Entry(Wanted wanted, Told told) {}

  private final int id;
  private final boolean usesTopicIds;
  private final LinkedHashMap<PartitionKey, Entry> partitions = new LinkedHashMap<>();
  private int nextEpoch = FetchMetadata.nextEpoch(FetchMetadata.INITIAL_EPOCH);

  FetchSession(int id, boolean usesTopicIds, List<Wanted> wanted) {
    this.id = id;
    this.usesTopicIds = usesTopicIds;
    put(wanted);
  }

  int id() {
    return id;
  }

  boolean usesTopicIds() {
    return usesTopicIds;
  }

  synchronized int size() {
    return partitions.size();
  }

  /** Whether this is the request after the last one; then the next is expected. */
  synchronized boolean advance(int epoch) {
    if (epoch != nextEpoch) {
      return false;
    }
    nextEpoch = FetchMetadata.nextEpoch(nextEpoch);
    return true;
  }

  /** Adds partitions, changes known ones, and drops those that are no longer wanted. */
  synchronized void update(List<Wanted> changed, List<PartitionKey> forgotten) {
    put(changed);
    forgotten.forEach(partitions::remove);
  }

  private void put(List<Wanted> wanted) {
    for (Wanted one : wanted) {
      Entry before = partitions.get(one.key());
      Entry unused =
          partitions.put(one.key(), new Entry(one, before == null ? Told.NOTHING : before.told()));
    }
  }

  /** The partitions in the order in which they are to be read. */
  synchronized List<Wanted> wanted() {
    List<Wanted> wanted = new ArrayList<>(partitions.size());
    partitions.values().forEach(entry -> wanted.add(entry.wanted()));
    return wanted;
  }

  /**
   * What of a full answer is new to the client. Partitions with records come last the next time, so
   * that a busy one doesn't keep others from their turn.
   */
  synchronized List<Fetched> news(List<Fetched> answer) {
    List<Fetched> news = new ArrayList<>();
    for (Fetched one : answer) {
      Entry entry = partitions.get(one.wanted().key());
      Told told = Told.of(one.data());
      if (entry == null) {
        continue;
      }
      if (one.hasRecords() || one.hasError() || !told.equals(entry.told())) {
        news.add(one);
      }
      // After an error, the client is to hear of the partition again.
      Entry next = new Entry(entry.wanted(), one.hasError() ? Told.NOTHING : told);
      if (one.hasRecords()) {
        Entry moved = partitions.remove(one.wanted().key());
      }
      Entry unused = partitions.put(one.wanted().key(), next);
    }
    return news;
  }
}
