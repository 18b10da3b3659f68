package dev.sluice.log.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.partition.LogServices;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.segment.SegmentNames;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** A partition in memory, written by the log and closed cleanly, whose bytes tests then change. */
final class WrittenPartition {

  final FaultyStorage storage = new FaultyStorage(1);
  final Path directory;
  final int batches;
  int records;

  /** So many batches in segments of some 20 KB. */
  WrittenPartition(int batches) {
    this(Path.of("/data/t-0"), batches);
  }

  WrittenPartition(Path directory, int batches) {
    this.directory = directory;
    this.batches = batches;
    append(batches);
  }

  /** Opens the log, appends to it and closes it. */
  void append(int count) {
    PartitionSettings settings = PartitionSettings.DEFAULT.withSegments(20_000, Duration.ofDays(1));
    Random random = new Random(7);
    try (FlushService flusher = new FlushService(1, 64 << 20);
        PartitionLog log =
            PartitionLog.open(
                new LogServices(storage, flusher, Clock.systemUTC(), LogMetrics.NONE),
                "t-0",
                directory,
                settings)) {
      for (int i = 0; i < count; i++) {
        Compression compression = Compression.values()[i % Compression.values().length];
        RecordBatchBuilder builder = new RecordBatchBuilder(compression, 1024);
        for (int j = 0; j <= i % 4; j++) {
          byte[] value = new byte[200 + random.nextInt(400)];
          random.nextBytes(value);
          builder.append(1_000 + random.nextInt(1_000), ("k" + i).getBytes(UTF_8), value);
          records++;
        }
        var unused = log.append(builder).join();
      }
    }
  }

  Path file(long baseOffset, String ending) {
    return SegmentNames.path(directory, baseOffset, ending);
  }

  /** Base offsets of all segments. */
  SortedSet<Long> segments() throws Exception {
    SortedSet<Long> bases = new TreeSet<>();
    storage
        .list(directory)
        .forEach(
            entry -> SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).ifPresent(bases::add));
    return bases;
  }

  /** The place of a batch of a segment, counted from 0. */
  int batchAt(long baseOffset, int number) {
    ByteBuffer bytes = ByteBuffer.wrap(storage.bytes(file(baseOffset, ".log")));
    int at = 0;
    for (int i = 0; i < number; i++) {
      at += 12 + bytes.getInt(at + 8);
    }
    return at;
  }

  /** Something done to the bytes of a batch, which begin at position 0. */
  interface Change {
    void to(ByteBuffer batch);
  }

  /** Changes a batch and makes its checksum fit. */
  void change(long baseOffset, int number, Change change) {
    byte[] bytes = storage.bytes(file(baseOffset, ".log"));
    int at = batchAt(baseOffset, number);
    int size = 12 + ByteBuffer.wrap(bytes).getInt(at + 8);
    ByteBuffer batch = ByteBuffer.wrap(bytes, at, size).slice();
    change.to(batch);
    CRC32C crc = new CRC32C();
    crc.update(batch.duplicate().position(21));
    batch.putInt(17, (int) crc.getValue());
    storage.replace(file(baseOffset, ".log"), bytes);
  }

  CheckReport check() {
    return LogChecker.check(storage, directory);
  }
}
