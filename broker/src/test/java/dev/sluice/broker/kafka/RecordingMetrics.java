package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers how connections ended. */
public final class RecordingMetrics implements KafkaMetrics {

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final BlockingQueue<CloseReason> reasons = new LinkedBlockingQueue<>();

  @Override
  public void opened(String listener) {
    int unused = opened.incrementAndGet();
  }

  @Override
  public void closed(String listener, CloseReason reason) {
    int unused = closed.incrementAndGet();
    boolean unused2 = reasons.add(reason);
  }

  /** Waits for the next connection to end. */
  public CloseReason nextEnd() throws InterruptedException {
    CloseReason reason = reasons.poll(30, TimeUnit.SECONDS);
    assertThat(reason).as("how a connection ended").isNotNull();
    return reason;
  }

  /** Waits for so many to end; how many for each reason. */
  public Map<CloseReason, Integer> nextEnds(int count) throws InterruptedException {
    Map<CloseReason, Integer> counts = new EnumMap<>(CloseReason.class);
    for (int i = 0; i < count; i++) {
      int unused = counts.merge(nextEnd(), 1, Integer::sum);
    }
    return counts;
  }

  /** Forgets how connections have ended so far; how many for each reason. */
  public Map<CloseReason, Integer> takeEnds() {
    Map<CloseReason, Integer> counts = new EnumMap<>(CloseReason.class);
    for (CloseReason one = reasons.poll(); one != null; one = reasons.poll()) {
      int unused = counts.merge(one, 1, Integer::sum);
    }
    return counts;
  }

  public int opened() {
    return opened.get();
  }

  public int closed() {
    return closed.get();
  }
}
