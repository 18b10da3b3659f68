package dev.sluice.gateway.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Another log, of which tests change what they want to see or to fail. */
public abstract class ForwardingRecords implements Records {

  private final Records records;

  protected ForwardingRecords(Records records) {
    this.records = records;
  }

  @Override
  public CompletableFuture<Appended> append(TopicPartition tp, List<NewRecord> batch) {
    return records.append(tp, batch);
  }

  @Override
  public OrderedAppends ordered() {
    return new LooseOrder(this);
  }

  @Override
  public Slice read(TopicPartition tp, long offset, int maxRecords, int maxBytes) {
    return records.read(tp, offset, maxRecords, maxBytes);
  }

  @Override
  public boolean await(Map<TopicPartition, Long> offsets, Duration timeout)
      throws InterruptedException {
    return records.await(offsets, timeout);
  }

  @Override
  public long offsetForTime(TopicPartition tp, long timestampMillis) {
    return records.offsetForTime(tp, timestampMillis);
  }

  @Override
  public long startOffset(TopicPartition tp) {
    return records.startOffset(tp);
  }

  @Override
  public long endOffset(TopicPartition tp) {
    return records.endOffset(tp);
  }

  @Override
  public void deleteBefore(TopicPartition tp, long offset) {
    records.deleteBefore(tp, offset);
  }

  @Override
  public Records uncommitted() {
    return this; // There are no transactions here.
  }
}
