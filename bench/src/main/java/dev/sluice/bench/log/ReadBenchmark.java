package dev.sluice.bench.log;

import dev.sluice.bench.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.infra.Blackhole;

/** Reads of a partition that is filled before, and lies in the page cache. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {

  private static final int FETCH_BYTES = 1 << 20;
  private static final int SMALL_REGION_BYTES = 64 * 1024;

  /** The partition. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up.
  @State(Scope.Benchmark)
  public static class Partition {

    @Param({"SLUICE", "KAFKA"})
    Engine.Kind engine = Engine.Kind.SLUICE;

    @Param({"100", "1024"})
    int recordBytes = 100;

    /** How much is stored. */
    @Param("512")
    int megabytes = 512;

    private Scratch scratch;
    private Engine log;
    private FilledLog filled;

    @Setup(Level.Trial)
    public void fill() throws IOException {
      scratch = Scratch.create();
      log = engine.open(scratch.path(), false);
      filled = FilledLog.fill(log, recordBytes, (long) megabytes << 20);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      try (Scratch gone = scratch) {
        log.close();
      }
    }
  }

  /** Where one thread reads, and where it sends regions. */
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up.
  @State(Scope.Thread)
  public static class Reader {

    private final SplittableRandom random = new SplittableRandom(1);
    private long offset;
    private FileChannel sink;

    @Setup(Level.Trial)
    public void open() throws IOException {
      sink = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      sink.close();
    }

    void moveTo(Partition partition, long next) {
      offset = next >= partition.filled.endOffset() ? 0 : next;
    }

    long randomOffset(Partition partition) {
      return random.nextLong(partition.filled.endOffset());
    }
  }

  /** One fetch of 1 MiB after the other, all records decoded. */
  @Benchmark
  public void records(Partition partition, Reader reader, Blackhole blackhole) throws IOException {
    reader.moveTo(
        partition, partition.log.readRecords(reader.offset, FETCH_BYTES, blackhole::consume));
  }

  /** One region of 1 MiB after the other to {@code /dev/null}. */
  @Benchmark
  public void regions(Partition partition, Reader reader) throws IOException {
    long sent = partition.log.sendRegion(reader.offset, FETCH_BYTES, reader.sink);
    reader.moveTo(partition, reader.offset + partition.filled.recordsIn(sent));
  }

  /** The record at a random offset. */
  @Benchmark
  public long random(Partition partition, Reader reader) throws IOException {
    return partition.log.readOne(reader.randomOffset(partition));
  }

  /** A region of 64 KiB at a random offset. */
  @Benchmark
  public long randomRegion(Partition partition, Reader reader) throws IOException {
    return partition.log.sendRegion(
        reader.randomOffset(partition), SMALL_REGION_BYTES, reader.sink);
  }

  /** The first record with a random time or a later one. */
  @Benchmark
  public long time(Partition partition, Reader reader) throws IOException {
    return partition.log.offsetForTime(partition.filled.timeOf(reader.randomOffset(partition)));
  }
}
