package dev.sluice.gateway.connect.work;

import dev.sluice.connector.Options;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets a source produce its first records, sends them through the same conversion as a running one
 * would, and keeps them. The log is only looked at, nothing is acknowledged. {@link #run} belongs
 * to one thread; what has come so far can be seen from any.
 */
public final class SourcePreview {

  private static final Duration MAX_WAIT = Duration.ofMillis(200);

  /** After so long without a further record there is probably none. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  /**
   * A record as it would be stored.
   *
   * @param topic where it would go
   * @param rejected whether it is a dead letter
   */
  public record Previewed(String topic, boolean rejected, NewRecord record) {}

  /**
   * What has come.
   *
   * @param records at most as many as were asked for
   * @param dropped how many records transforms have dropped
   */
  public record Seen(List<Previewed> records, long dropped) {}

  private final SourceType type;
  private final ConnectorSpec spec;
  private final SourceConverter converter;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final int limit;

  // Guarded by this object's monitor.
  private final List<Previewed> records = new ArrayList<>();
  private long dropped;

  /**
   * A preview that has not begun.
   *
   * @param topics are asked for partitions only
   * @param limit ends after so many records
   * @throws dev.sluice.connector.ConnectorException of category CONFIGURATION if the spec holds a
   *     malformed expression
   */
  public SourcePreview(
      SourceType type,
      ConnectorSpec spec,
      Topics topics,
      Clock clock,
      LongSupplier nanoClock,
      int limit) {
    this.type = type;
    this.spec = spec;
    this.converter =
        new SourceConverter(
            spec,
            new DeadLetters(spec, 0, (error, trace, place) -> {}, clock),
            OutputTopics.untouched(topics),
            clock);
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.limit = limit;
  }

  /**
   * Runs until there are enough records, or some and then none for a while; to be interrupted when
   * that takes too long.
   *
   * @throws Exception what went wrong
   */
  public void run() throws Exception {
    try (SourceTask task = type.newPreviewTask()) {
      task.start(new Context(spec, clock));
      long lastNanos = nanoClock.getAsLong();
      while (!full() && !Thread.currentThread().isInterrupted()) {
        Optional<SourceBatch> batch = task.poll(MAX_WAIT);
        if (batch.isPresent()) {
          convert(batch.get());
          lastNanos = nanoClock.getAsLong();
        } else if (!seen().records().isEmpty()
            && nanoClock.getAsLong() - lastNanos >= QUIET.toNanos()) {
          return;
        }
      }
    }
  }

  /** One by one, so that they stay in the order in which they came. */
  private void convert(SourceBatch batch) throws InterruptedException {
    for (SourceRecord one : batch.records()) {
      if (full()) {
        return;
      }
      keep(converter.convert(new SourceBatch(List.of(one), List.of())));
    }
    for (RejectedInput one : batch.rejected()) {
      if (full()) {
        return;
      }
      keep(converter.convert(new SourceBatch(List.of(), List.of(one), List.of())));
    }
  }

  private synchronized void keep(Prepared prepared) {
    if (prepared.outgoing().isEmpty()) {
      dropped++;
    }
    for (Outgoing outgoing : prepared.outgoing()) {
      for (NewRecord made : outgoing.records) {
        records.add(new Previewed(outgoing.topicPartition.topic(), prepared.rejected() > 0, made));
      }
    }
  }

  /** Whether there are as many records as were asked for. */
  public synchronized boolean full() {
    return records.size() >= limit;
  }

  /** What has come so far. */
  public synchronized Seen seen() {
    return new Seen(List.copyOf(records), dropped);
  }

  /** The context of a connector's only task, which starts anew. */
  private record Context(ConnectorSpec spec, Clock clock) implements SourceContext {

    @Override
    public String connector() {
      return spec.name();
    }

    @Override
    public int taskNumber() {
      return 0;
    }

    @Override
    public int taskCount() {
      return 1;
    }

    @Override
    public Options options() {
      return spec.options().asOptions();
    }

    @Override
    public List<SourcePosition> positions() {
      return List.of();
    }
  }
}
