package dev.sluice.bench.log;

import dev.sluice.log.flush.FlushPolicy;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.manager.LogManager;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.UnifiedLog;

/**
 * Opens the partitions {@code t-0} to {@code t-<n-1>} of a directory once, in this fresh JVM, and
 * prints: nanoseconds, bytes of heap that they take, threads that have come. Arguments: engine,
 * directory, number, {@code clean} or {@code unclean}.
 */
final class OpenOnce {

  /** As many as LogManager uses; Kafka's default would be fewer. */
  private static final int THREADS = 8;

  private static final int COLLECTIONS = 3;

  /** Lets the partitions go again. */
  private interface Opened {
    void close() throws Exception;
  }

  private OpenOnce() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    boolean isClean = arguments[3].equals("clean");
    boolean isKafka = Engine.Kind.valueOf(arguments[0]) == Engine.Kind.KAFKA;
    long heapBefore = usedHeap();
    int threadsBefore = threads();
    long start = System.nanoTime();
    Opened opened = isKafka ? openKafka(directory, count, isClean) : openSluice(directory, count);
    long nanos = System.nanoTime() - start;
    long heap = usedHeap() - heapBefore;
    int threads = threads() - threadsBefore;
    opened.close();
    System.out.println(nanos + " " + heap + " " + threads);
  }

  private static Opened openSluice(Path directory, int count) {
    FlushService flusher = SluiceEngine.flusher();
    LogServices services = SluiceEngine.services(flusher);
    LogManager manager = LogManager.open(services, directory);
    Map<PartitionId, PartitionSettings> partitions = new HashMap<>();
    for (int i = 0; i < count; i++) {
      partitions.put(new PartitionId("t", i), PartitionSettings.DEFAULT.withFlush(FlushPolicy.OS));
    }
    manager.openAll(partitions);
    partitions.keySet().forEach(id -> manager.get(id).highWatermark());
    return () -> {
      manager.close();
      flusher.close();
    };
  }

  private static Opened openKafka(Path directory, int count, boolean isClean) throws Exception {
    KafkaScheduler scheduler = KafkaEngine.scheduler();
    List<UnifiedLog> logs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, THREADS))) {
      List<Future<UnifiedLog>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Path partition = directory.resolve("t-" + i);
        tasks.add(threads.submit(() -> KafkaEngine.open(partition, scheduler, false, isClean, 0)));
      }
      for (Future<UnifiedLog> task : tasks) {
        logs.add(task.get());
      }
    }
    return () -> {
      logs.forEach(UnifiedLog::close);
      scheduler.shutdown();
    };
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
