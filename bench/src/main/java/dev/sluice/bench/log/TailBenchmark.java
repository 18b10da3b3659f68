package dev.sluice.bench.log;

import dev.sluice.bench.Scratch;
import dev.sluice.log.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Reads the newest batch while another thread appends a thousand batches a second. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TailBenchmark {

  private static final int FETCH_BYTES = 1 << 20;
  private static final int RECORDS = 16;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A partition that grows. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up.
  @State(Scope.Benchmark)
  public static class Partition {

    @Param({"SLUICE", "KAFKA"})
    Engine.Kind engine = Engine.Kind.SLUICE;

    @Param("1024")
    int recordBytes = 1024;

    /** How much is stored before. */
    @Param("64")
    int megabytes = 64;

    private Scratch scratch;
    private Engine log;
    private Thread appender;
    private volatile boolean isOver;
    private volatile @Nullable IOException failure;

    @Setup(Level.Trial)
    public void start() throws IOException {
      scratch = Scratch.create();
      log = engine.open(scratch.path(), false);
      FilledLog unused = FilledLog.fill(log, recordBytes, (long) megabytes << 20);
      appender = Thread.ofPlatform().start(this::appendAll);
    }

    private void appendAll() {
      ByteBuffer batch = Batches.of(RECORDS, recordBytes, Compression.NONE);
      try {
        while (!isOver) {
          Object unused = log.append(batch).join();
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (IOException e) {
        failure = e;
      }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException, InterruptedException {
      isOver = true;
      appender.join();
      try (Scratch gone = scratch) {
        log.close();
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  @Benchmark
  public long newest(Partition partition, Blackhole blackhole) throws IOException {
    return partition.log.readRecords(
        partition.log.endOffset() - RECORDS, FETCH_BYTES, blackhole::consume);
  }
}
