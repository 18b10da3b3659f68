package dev.sluice.log.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.manager.LogManager;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.RecordBatchBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process that appends from many threads until it is killed, and writes what was acknowledged to
 * its standard output: {@code <partition> <offset> <value>}, a line for each record.
 */
final class AppendingProcess {

  static final int PARTITIONS = 4;
  static final PartitionSettings SETTINGS =
      PartitionSettings.DEFAULT.withSegments(256 * 1024, Duration.ofDays(1));

  private static final int THREADS = 12;

  private final LogManager manager;
  private final String round;
  private final OutputStream acknowledged = new FileOutputStream(FileDescriptor.out);

  private AppendingProcess(LogManager manager, String round) {
    this.manager = manager;
    this.round = round;
  }

  /** Runs; the arguments are the data directory, and what the values of this run begin with. */
  public static void main(String[] arguments) throws InterruptedException {
    FlushService flusher = new FlushService(2, 64 << 20);
    LogServices services =
        new LogServices(new DiskStorage(), flusher, Clock.systemUTC(), LogMetrics.NONE);
    LogManager manager = LogManager.open(services, Path.of(arguments[0]));
    AppendingProcess process = new AppendingProcess(manager, arguments[1]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(Thread.ofVirtual().start(() -> process.append(number)));
    }
    while (true) {
      manager.maintain();
      if (threads.getFirst().join(Duration.ofMillis(5))) {
        throw new IllegalStateException("An appender has ended");
      }
    }
  }

  static PartitionId id(int partition) {
    return new PartitionId("t", partition);
  }

  private void append(int thread) {
    Random random = new Random(thread);
    int partition = thread % PARTITIONS;
    PartitionLog log = manager.open(id(partition), SETTINGS);
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int number = 0; ; ) {
      builder.reset();
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        String value = round + ":" + thread + ":" + number++;
        values.add(value);
        String padded = value + " " + "x".repeat(random.nextInt(2000));
        builder.append(number, null, padded.getBytes(UTF_8));
      }
      report(partition, log.append(builder).join(), values);
    }
  }

  private void report(int partition, AppendResult result, List<String> values) {
    StringBuilder lines = new StringBuilder();
    long offset = result.baseOffset();
    for (String value : values) {
      lines.append(partition).append(' ').append(offset++).append(' ').append(value).append('\n');
    }
    synchronized (acknowledged) {
      try {
        acknowledged.write(lines.toString().getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
