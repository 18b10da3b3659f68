package dev.sluice.bench;

import dev.sluice.source.debezium.ChangeJsonConverter;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.JsonByteArray;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The peer of {@link PostgresCdc}: Debezium's engine with the connector's own properties and
 * converter, and a consumer that only marks events as processed. A process of its own that prints
 * events per second over the second half. Arguments: port, slot, offset file, events.
 */
final class BareEngine implements DebeziumEngine.ChangeConsumer<ChangeEvent<byte[], byte[]>> {

  private final long expected;
  private final CountDownLatch done = new CountDownLatch(1);
  private long count;
  private long firstCount;
  private long firstNanos;
  private double rate;

  private BareEngine(long expected) {
    this.expected = expected;
  }

  public static void main(String[] args) throws Exception {
    BareEngine consumer = new BareEngine(Long.parseLong(args[3]));
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        DebeziumEngine<ChangeEvent<byte[], byte[]>> engine =
            DebeziumEngine.create(JsonByteArray.class, JsonByteArray.class)
                .using(properties(args[0], args[1], args[2]))
                .using(OffsetCommitPolicy.always())
                .using((DebeziumEngine.CompletionCallback) consumer::ended)
                .notifying(consumer)
                .build()) {
      thread.execute(engine);
      consumer.done.await();
    }
    System.out.println(consumer.rate);
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<byte[], byte[]>> events,
      DebeziumEngine.RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    for (ChangeEvent<byte[], byte[]> event : events) {
      committer.markProcessed(event);
    }
    committer.markBatchFinished();
    count += events.stream().filter(BareEngine::isChange).count();
    if (firstNanos == 0 && count >= expected / 2) {
      firstCount = count;
      firstNanos = System.nanoTime();
    }
    if (count >= expected && done.getCount() > 0) {
      rate =
          Figures.perSecond(count - firstCount, Duration.ofNanos(System.nanoTime() - firstNanos));
      done.countDown();
    }
  }

  private static boolean isChange(ChangeEvent<byte[], byte[]> event) {
    return !event.destination().startsWith("__");
  }

  private void ended(boolean success, @Nullable String message, @Nullable Throwable error) {
    if (done.getCount() > 0) {
      System.err.println("The engine ended: " + message + " " + error);
      done.countDown();
    }
  }

  private static Properties properties(String port, String slot, String offsets) {
    Properties properties = new Properties();
    properties.put("name", "bare");
    properties.put("topic.prefix", "bare");
    properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.put("tasks.max", "1");
    properties.put("database.hostname", "localhost");
    properties.put("database.port", port);
    properties.put("database.dbname", Postgres.DATABASE);
    properties.put("database.user", Postgres.USER);
    properties.put("plugin.name", "pgoutput");
    properties.put("slot.name", slot);
    properties.put("lsn.flush.mode", "connector");
    properties.put("publication.name", slot);
    properties.put("publication.autocreate.mode", "filtered");
    properties.put("snapshot.mode", "initial");
    properties.put("table.include.list", "public\\.orders");
    properties.put("heartbeat.interval.ms", "1000");
    properties.put("topic.heartbeat.prefix", "__heartbeat");
    properties.put("max.batch.size", "4096");
    properties.put("max.queue.size", "16384");
    properties.put("max.queue.size.in.bytes", String.valueOf(32 << 20));
    properties.put("poll.interval.ms", "25");
    properties.put("key.converter.class", ChangeJsonConverter.class.getName());
    properties.put("value.converter.class", ChangeJsonConverter.class.getName());
    properties.put("converter.sluice.format", "ENVELOPE");
    properties.put("converter.sluice.times", "ISO");
    properties.put("interval.handling.mode", "string");
    properties.put("tombstones.on.delete", "true");
    properties.put("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    properties.put("offset.storage.file.filename", offsets);
    return properties;
  }
}
