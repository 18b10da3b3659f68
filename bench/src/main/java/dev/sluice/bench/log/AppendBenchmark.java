package dev.sluice.bench.log;

import dev.sluice.bench.Scratch;
import dev.sluice.log.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

/** Appends of prebuilt batches, each to an empty partition at the start of every iteration. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {

  /** The partition that all threads append to. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up.
  @State(Scope.Benchmark)
  public static class Partition {

    @Param({"SLUICE", "KAFKA"})
    Engine.Kind engine = Engine.Kind.SLUICE;

    @Param({"1", "10", "100"})
    int records = 1;

    @Param({"100", "1024"})
    int recordBytes = 100;

    @Param("NONE")
    Compression compression = Compression.NONE;

    /** Appends that a thread may have under way; with 1 it waits for each. */
    @Param({"1", "64"})
    int window = 1;

    @Param("false")
    boolean forceEach;

    private Scratch scratch;
    private Engine log;

    @Setup(Level.Iteration)
    public void open() throws IOException {
      scratch = Scratch.create();
      log = engine.open(scratch.path(), forceEach);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      try (Scratch gone = scratch) {
        log.close();
      }
    }
  }

  /** What one thread appends, and its appends under way. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up.
  @State(Scope.Thread)
  public static class Appender {

    private final Queue<CompletableFuture<?>> underWay = new ArrayDeque<>();
    private ByteBuffer batch;

    @Setup(Level.Trial)
    public void build(Partition partition) {
      batch = Batches.of(partition.records, partition.recordBytes, partition.compression);
    }

    void append(Partition partition) throws IOException {
      if (partition.window == 1) {
        partition.log.appendNow(batch);
        return;
      }
      underWay.add(partition.log.append(batch));
      if (underWay.size() >= partition.window) {
        Object unused = underWay.remove().join();
      }
    }

    @TearDown(Level.Iteration)
    public void await() {
      underWay.forEach(CompletableFuture::join);
      underWay.clear();
    }
  }

  @Benchmark
  public void append(Partition partition, Appender appender) throws IOException {
    appender.append(partition);
  }
}
