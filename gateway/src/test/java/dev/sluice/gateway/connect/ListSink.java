package dev.sluice.gateway.connect;

import dev.sluice.connector.Options;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkPartition;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.TransactionalSinkTask;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A sink type that writes into a list. */
public final class ListSink implements SinkType {

  /** What a put does before it counts; may fail. */
  @FunctionalInterface
  public interface OnPut {
    void put(List<SinkRecord> records, SinkContext context) throws Exception;
  }

  private final String name;
  public final List<Object> received = new CopyOnWriteArrayList<>();
  public final AtomicInteger started = new AtomicInteger();
  public final AtomicInteger closed = new AtomicInteger();
  public final AtomicInteger puts = new AtomicInteger();
  public volatile OnPut onPut = (records, context) -> {};

  /** What the target knows of positions, under exactly once. */
  public final Map<SinkPartition, Long> positions = new ConcurrentHashMap<>();

  public ListSink(String name) {
    this.name = name;
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
    return "Writes a list.";
  }

  @Override
  public String optionsSchema() {
    return "{}";
  }

  @Override
  public SinkTask newTask() {
    return new Task();
  }

  @Override
  public void checkExactlyOnce(Options options) {}

  @Override
  public TransactionalSinkTask newTransactionalTask() {
    return new Task();
  }

  private final class Task implements TransactionalSinkTask {

    private @Nullable SinkContext context;

    @Override
    public void start(SinkContext given) {
      started.incrementAndGet();
      context = given;
    }

    @Override
    public Map<SinkPartition, Long> claim(Map<SinkPartition, Long> starts) {
      starts.forEach(positions::putIfAbsent);
      return Map.copyOf(positions);
    }

    @Override
    public void put(List<SinkRecord> records, Map<SinkPartition, Long> nextOffsets)
        throws Exception {
      put(records);
      positions.putAll(nextOffsets);
    }

    @Override
    public void put(List<SinkRecord> records) throws Exception {
      puts.incrementAndGet();
      onPut.put(records, Objects.requireNonNull(context));
      for (SinkRecord put : records) {
        Object value = put.value();
        received.add(value == null ? "(null)" : value);
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
