package dev.sluice.log.segment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.Storage;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups by offset and time against a linear scan, on generated segments. */
class SegmentLookupTest {

  private static final Path DIRECTORY = Path.of("/data");
  private static final long BASE_OFFSET = 500;
  private static final long SEED = Long.getLong("seed", 20_260_731);
  private static final int READERS = 3;

  @TempDir Path disk;

  @Test
  void findsTheBatchThatALinearScanFinds() throws IOException {
    System.out.println("SegmentLookupTest: -Dseed=" + SEED);
    for (int intervalBytes : List.of(1, 100, 4096)) {
      Random random = new Random(SEED + intervalBytes);
      LogSegment segment = create(new FaultyStorage(SEED), DIRECTORY, intervalBytes);
      GeneratedSegment expected = new GeneratedSegment(segment, random);
      for (int round = 0; round < 40; round++) {
        if (random.nextInt(6) == 0 && !expected.batches().isEmpty()) {
          expected.truncate(random.nextInt(expected.batches().size()));
        }
        expected.append(1 + random.nextInt(60));
        for (int i = 0; i < 60; i++) {
          compareOffset(segment, expected, random);
          compareTime(segment, expected, random);
        }
      }
      segment.release();
    }
  }

  @Test
  void findsTheSameInASegmentThatIsOpenedAnew() throws IOException {
    FaultyStorage storage = new FaultyStorage(SEED);
    Random random = new Random(SEED);
    LogSegment written = create(storage, DIRECTORY, 100);
    GeneratedSegment expected = new GeneratedSegment(written, random);
    for (int i = 0; i < 30; i++) {
      expected.append(50);
    }
    written.forceAll();
    long size = written.sizeBytes();
    written.release();
    LogSegment segment = LogSegment.existing(storage, DIRECTORY, BASE_OFFSET, 100, size);
    for (int i = 0; i < 2_000; i++) {
      compareOffset(segment, expected, random);
      compareTime(segment, expected, random);
    }
    segment.release();
  }

  @Test
  void isNotDeceivedByRecordsThatLookLikeABatchWhereThereWasOneBeforeATruncation()
      throws IOException {
    LogSegment segment = create(new FaultyStorage(SEED), DIRECTORY, 4096);
    segment.append(batch(BASE_OFFSET, new byte[300]));
    long position = segment.sizeBytes();
    ByteBuffer second = batch(BASE_OFFSET + 1, new byte[10]);
    segment.append(second.duplicate());
    BatchInfo before = requireNonNull(segment.find(BASE_OFFSET + 1, segment.sizeBytes()));
    assertThat(before.position()).isEqualTo(position);

    segment.truncate(0, BASE_OFFSET);
    byte[] value = new byte[1_000];
    int valueStart = batch(BASE_OFFSET, value).limit() - value.length - 1;
    second.get(0, value, (int) position - valueStart, second.limit());
    segment.append(batch(BASE_OFFSET, value));
    long expected = segment.sizeBytes();
    segment.append(batch(BASE_OFFSET + 1, new byte[10]));

    BatchInfo after = requireNonNull(segment.find(BASE_OFFSET + 1, segment.sizeBytes()));
    assertThat(after.position()).isEqualTo(expected);
    segment.release();
  }

  /** On a real disk, where a wrong use of a mapping ends the process or throws InternalError. */
  @Test
  void findsBatchesWhileOthersAreAppendedAndTakenBack() throws Exception {
    LogSegment segment = create(new DiskStorage(), disk, 1);
    GeneratedSegment expected = new GeneratedSegment(segment, new Random(SEED));
    expected.append(100);
    AtomicInteger truncations = new AtomicInteger();
    Published published = new Published(expected);
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<Integer>> found = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(SEED + i);
        found.add(readers.submit(() -> readUntilClosed(segment, published, truncations, random)));
      }
      Random random = new Random(SEED);
      for (int round = 0; round < 150; round++) {
        if (round % 10 == 9) {
          int count = expected.batches().size();
          truncations.incrementAndGet(); // Odd: under way.
          expected.truncate(count / 2 + random.nextInt(count / 2));
          published.update(expected);
          truncations.incrementAndGet();
        } else {
          expected.append(1 + random.nextInt(60));
          published.update(expected);
        }
      }
      published.close();
      for (Future<Integer> reader : found) {
        assertThat(reader.get()).isPositive();
      }
    }
    segment.release();
  }

  /** What readers may see: offsets before the end, bytes before the limit. */
  private static final class Published {

    private volatile List<BatchInfo> batches;
    private volatile boolean isClosed;

    Published(GeneratedSegment segment) {
      this.batches = List.copyOf(segment.batches());
    }

    void update(GeneratedSegment segment) {
      batches = List.copyOf(segment.batches());
    }

    void close() {
      isClosed = true;
    }
  }

  private static int readUntilClosed(
      LogSegment segment, Published published, AtomicInteger truncations, Random random)
      throws IOException {
    int compared = 0;
    boolean isLast;
    do {
      isLast = published.isClosed;
      int before = truncations.get();
      List<BatchInfo> batches = published.batches;
      BatchInfo wanted = batches.get(random.nextInt(batches.size()));
      long limit = batches.getLast().endPosition();
      BatchInfo found = null;
      IOException failure = null;
      try {
        SegmentRead read = segment.read(wanted.baseOffset(), limit, random.nextInt(20_000));
        if (read != null) {
          found = BatchInfo.of(read.bytes(), 0, read.position());
          read.endedAt(found.lastOffset() + 1, found.endPosition());
        }
      } catch (IOException | IndexOutOfBoundsException e) {
        failure = new IOException(e);
      }
      if (before % 2 == 0 && before == truncations.get()) {
        assertThat(failure).isNull();
        assertThat(found).isEqualTo(wanted);
        compared++;
      }
    } while (!isLast);
    return compared;
  }

  private static void compareOffset(LogSegment segment, GeneratedSegment expected, Random random)
      throws IOException {
    List<BatchInfo> batches = expected.batches();
    int visible = 1 + random.nextInt(batches.size());
    long limit = batches.get(visible - 1).endPosition();
    long offset =
        random.nextInt(4) == 0
            ? batches.get(random.nextInt(visible)).lastOffset() + 1
            : random.nextLong(BASE_OFFSET - 2, expected.nextOffset() + 2);
    BatchInfo scanned = scan(batches.subList(0, visible), offset);
    assertThat(segment.find(offset, limit)).as("offset %s", offset).isEqualTo(scanned);
    int maxBytes = random.nextInt(40_000);
    SegmentRead read = segment.read(offset, limit, maxBytes);
    if (scanned == null) {
      assertThat(read).isNull();
      return;
    }
    requireNonNull(read);
    assertThat(BatchInfo.of(read.bytes(), 0, read.position())).isEqualTo(scanned);
    long room = Math.min(maxBytes, limit - scanned.position());
    assertThat((long) read.bytes().remaining()).isEqualTo(Math.max(scanned.sizeBytes(), room));
    read.endedAt(scanned.lastOffset() + 1, scanned.endPosition());
  }

  private static void compareTime(LogSegment segment, GeneratedSegment expected, Random random)
      throws IOException {
    List<BatchInfo> batches = expected.batches();
    long time =
        batches.get(random.nextInt(batches.size())).maxTimestampMillis() + random.nextInt(3) - 1;
    assertThat(segment.findTime(time, batches.getLast().endPosition()))
        .as("time %s", time)
        .isEqualTo(
            batches.stream().filter(batch -> batch.maxTimestampMillis() >= time).findFirst());
  }

  private static @Nullable BatchInfo scan(List<BatchInfo> batches, long offset) {
    for (BatchInfo batch : batches) {
      if (batch.lastOffset() >= offset) {
        return batch;
      }
    }
    return null;
  }

  private static ByteBuffer batch(long offset, byte[] value) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(1, null, value);
    ByteBuffer bytes = ByteBuffer.allocate(builder.build().sizeBytes());
    bytes.put(builder.build().bytes()).flip();
    RecordBatches.assign(bytes, 0, offset, 0);
    return bytes;
  }

  private static LogSegment create(Storage storage, Path directory, int intervalBytes)
      throws IOException {
    storage.createDirectories(directory);
    return LogSegment.create(storage, directory, BASE_OFFSET, intervalBytes);
  }
}
