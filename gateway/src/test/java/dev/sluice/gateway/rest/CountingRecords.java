package dev.sluice.gateway.rest;

import dev.sluice.gateway.log.ForwardingRecords;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A log whose reads end at the byte limit, as those of a log on disk do, and are counted. */
final class CountingRecords extends ForwardingRecords {

  private final Map<String, LongAdder> read = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> reads = new ConcurrentHashMap<>();

  CountingRecords(Records records) {
    super(records);
  }

  /** How many records of the topic have been read. */
  long read(String topic) {
    return read.getOrDefault(topic, new LongAdder()).sum();
  }

  /** How often the topic has been read, successfully or not. */
  long reads(String topic) {
    return reads.getOrDefault(topic, new LongAdder()).sum();
  }

  @Override
  public Slice read(TopicPartition tp, long offset, int maxRecords, int maxBytes) {
    reads.computeIfAbsent(tp.topic(), topic -> new LongAdder()).increment();
    Slice all = super.read(tp, offset, maxRecords, maxBytes);
    int count = 0;
    for (long bytes = 0; count < all.records().size() && bytes < maxBytes; count++) {
      byte[] value = all.records().get(count).value();
      bytes += value == null ? 0 : value.length;
    }
    read.computeIfAbsent(tp.topic(), topic -> new LongAdder()).add(count);
    List<StoredRecord> some = all.records().subList(0, count);
    if (count == all.records().size()) {
      return all;
    }
    long next = some.getLast().nextOffset();
    return new Slice(
        some, all.unreadable().stream().filter(place -> place.offset() < next).toList(), next);
  }
}
