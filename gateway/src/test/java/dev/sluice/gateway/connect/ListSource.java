package dev.sluice.gateway.connect;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A source type whose upstream is a list that the test fills: each poll brings one batch of the
 * list, the position is the index of the next one.
 */
public final class ListSource implements SourceType {

  private static final Map<String, Object> PARTITION = Map.of("list", "it");

  /** Something that a hook does or fails with. */
  @FunctionalInterface
  public interface Hook {
    void run() throws Exception;
  }

  private final String name;
  public final List<SourceBatch> upstream = new CopyOnWriteArrayList<>();
  public final List<Object> acknowledged = new CopyOnWriteArrayList<>();
  public final AtomicInteger started = new AtomicInteger();
  public final AtomicInteger closed = new AtomicInteger();
  public volatile Hook onStart = () -> {};
  public volatile Hook onTest = () -> {};
  public volatile @Nullable ChangeCapture capture;
  public volatile Hook onPoll = () -> {};
  public volatile Hook onAcknowledge = () -> {};

  public ListSource(String name) {
    this.name = name;
  }

  /** Adds batches of one record each. */
  public void offer(@Nullable Object... values) {
    for (Object value : values) {
      offer(SourceRecord.of(null, value));
    }
  }

  /** Adds one batch of these records. */
  public void offer(SourceRecord... records) {
    offer(new SourceBatch(List.of(records), List.of()));
  }

  /** Adds a batch; its position is set here. */
  public synchronized void offer(SourceBatch batch) {
    SourcePosition position = new SourcePosition(PARTITION, Map.of("next", upstream.size() + 1));
    upstream.add(new SourceBatch(batch.records(), batch.rejected(), List.of(position)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "List";
  }

  @Override
  public String description() {
    return "Reads a list.";
  }

  @Override
  public String optionsSchema() {
    return "{}";
  }

  @Override
  public SourceTask newTask() {
    return new Task();
  }

  @Override
  public PreviewSupport preview() {
    return new PreviewSupport.Possible("Shows the list.");
  }

  @Override
  public SourceTask newPreviewTask() {
    return new Task();
  }

  @Override
  public ConnectionReport test(String connector, Options options, Duration limit) throws Exception {
    onTest.run();
    return ConnectionReport.of("The list is there");
  }

  @Override
  public boolean capturesChanges() {
    return capture != null;
  }

  private final class Task implements SourceTask {

    private int next;

    @Override
    public void start(SourceContext context) throws Exception {
      started.incrementAndGet();
      next =
          context
              .offset(PARTITION)
              .map(offset -> ((Number) offset.getOrDefault("next", 0)).intValue())
              .orElse(0);
      onStart.run();
    }

    @Override
    public Optional<SourceBatch> poll(Duration maxWait) throws Exception {
      onPoll.run();
      if (next >= upstream.size()) {
        Thread.onSpinWait();
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        return Optional.empty();
      }
      return Optional.of(upstream.get(next++));
    }

    @Override
    public void acknowledged(SourceBatch batch) throws Exception {
      onAcknowledge.run();
      for (SourceRecord acknowledgedRecord : batch.records()) {
        acknowledged.add(String.valueOf(acknowledgedRecord.value()));
      }
    }

    @Override
    public Optional<ChangeCapture> capture() {
      return Optional.ofNullable(capture);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
