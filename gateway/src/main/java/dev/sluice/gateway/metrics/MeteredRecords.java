package dev.sluice.gateway.metrics;

import dev.sluice.connector.Header;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Another {@link Records}, with what goes through it counted: keys, values and headers. */
public final class MeteredRecords implements Records {

  private final Records records;
  private final TopicTraffic traffic;

  public MeteredRecords(Records records, TopicTraffic traffic) {
    this.records = records;
    this.traffic = traffic;
  }

  /** Counted once it is durable. */
  @Override
  public CompletableFuture<Appended> append(TopicPartition topicPartition, List<NewRecord> batch) {
    return counted(batch, records.append(topicPartition, batch), traffic);
  }

  @Override
  public OrderedAppends ordered() {
    OrderedAppends appends = records.ordered();
    return new OrderedAppends() {
      @Override
      public CompletableFuture<Appended> append(TopicPartition target, List<NewRecord> batch) {
        return counted(batch, appends.append(target, batch), traffic);
      }

      @Override
      public void resume() {
        appends.resume();
      }
    };
  }

  static CompletableFuture<Appended> counted(
      List<NewRecord> batch, CompletableFuture<Appended> append, TopicTraffic traffic) {
    long bytes = 0;
    for (NewRecord record : batch) {
      bytes += size(record.key(), record.value(), record.headers());
    }
    long total = bytes;
    return append.thenApply(
        appended -> {
          traffic.in(appended.topicPartition().topic(), appended.count(), total);
          return appended;
        });
  }

  @Override
  public Slice read(TopicPartition topicPartition, long offset, int maxRecords, int maxBytes) {
    Slice slice = records.read(topicPartition, offset, maxRecords, maxBytes);
    if (!slice.records().isEmpty()) {
      long bytes = 0;
      for (StoredRecord record : slice.records()) {
        bytes += size(record.key(), record.value(), record.headers());
      }
      traffic.out(topicPartition.topic(), slice.records().size(), bytes);
    }
    return slice;
  }

  private static long size(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    long size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    for (Header header : headers) {
      byte[] bytes = header.value();
      size += header.key().length() + (bytes == null ? 0 : bytes.length);
    }
    return size;
  }

  @Override
  public boolean await(Map<TopicPartition, Long> offsets, Duration timeout)
      throws InterruptedException {
    return records.await(offsets, timeout);
  }

  @Override
  public long offsetForTime(TopicPartition topicPartition, long timestampMillis) {
    return records.offsetForTime(topicPartition, timestampMillis);
  }

  @Override
  public long startOffset(TopicPartition topicPartition) {
    return records.startOffset(topicPartition);
  }

  @Override
  public long endOffset(TopicPartition topicPartition) {
    return records.endOffset(topicPartition);
  }

  @Override
  public Records uncommitted() {
    return new MeteredRecords(records.uncommitted(), traffic);
  }

  @Override
  public void deleteBefore(TopicPartition topicPartition, long offset) {
    records.deleteBefore(topicPartition, offset);
  }
}
