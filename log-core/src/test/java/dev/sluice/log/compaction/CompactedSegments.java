package dev.sluice.log.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.Storage;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatches;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** The segments of a log without the log: appended to, compacted, opened anew. */
final class CompactedSegments {

  private static final Path DIRECTORY = Path.of("/data/t-0");
  private static final int INDEX_INTERVAL_BYTES = 200;
  private static final Compaction SETTINGS =
      new Compaction(0, Duration.ZERO, Duration.ofDays(40_000), GeneratedLog.GRACE);

  private final FaultyStorage storage = new FaultyStorage(1);
  private final Random random;
  private final long mapBytes;
  private final long segmentBytes;
  private final List<LogSegment> segments = new ArrayList<>();
  private CompactionProgress progress = CompactionProgress.NONE;
  private long endOffset;

  CompactedSegments(Random random) throws IOException {
    this.random = random;
    this.mapBytes =
        (long) OffsetMap.ENTRY_BYTES * (4 + random.nextInt(random.nextBoolean() ? 10 : 100));
    this.segmentBytes = 300 + random.nextInt(4_000);
    storage.createDirectories(DIRECTORY);
    seal();
  }

  void append(List<RecordBatch> batches) throws IOException {
    for (RecordBatch batch : batches) {
      if (segments.getLast().sizeBytes() + batch.sizeBytes() > segmentBytes) {
        seal();
      }
      segments.getLast().append(batch.bytes());
      endOffset = batch.nextOffset();
    }
  }

  /** Begins a new segment. */
  void seal() throws IOException {
    if (!segments.isEmpty()) {
      segments.getLast().forceAll();
    }
    if (segments.isEmpty() || segments.getLast().baseOffset() < endOffset) {
      segments.add(LogSegment.create(storage, DIRECTORY, endOffset, INDEX_INTERVAL_BYTES));
    }
  }

  long cleanOffset() {
    return progress.cleanOffset();
  }

  /** Compacts all it may; returns the passes it took. */
  int compact(GeneratedLog log) throws IOException {
    int passes = 0;
    long end = 0;
    do {
      CompactionJob job = job(log);
      end = passes == 0 ? job.plan().endOffset() : end;
      if (passes == 0 && !job.plan().isDue()) {
        return 0;
      }
      Workbench bench =
          new Workbench(storage, DIRECTORY, INDEX_INTERVAL_BYTES, mapBytes, () -> false);
      CompactionResult result = new Cleaner(bench, job).run(this::exchange);
      assertThat(result.isComplete()).isTrue();
      progress = result.progress();
      passes++;
    } while (progress.cleanOffset() < end);
    return passes;
  }

  /** All batches, checked to be in order. */
  List<RecordBatch> batches() throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    long next = 0;
    for (LogSegment segment : segments) {
      assertThat(segment.baseOffset()).isGreaterThanOrEqualTo(next);
      for (RecordBatch batch : new RecordBatches(read(segment))) {
        batch.validate();
        assertThat(batch.baseOffset()).isGreaterThanOrEqualTo(next);
        next = batch.nextOffset();
        batches.add(batch);
      }
    }
    return batches;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (LogSegment segment : segments) {
      bytes.writeBytes(read(segment).array());
    }
    return bytes.toByteArray();
  }

  /** Takes what is durable for what is there. */
  void reopen() throws IOException {
    segments.getLast().forceAll();
    storage.syncDirectory(DIRECTORY);
    storage.restart(FaultyStorage.Loss.ALL);
    new SegmentSwap(storage, DIRECTORY).complete();
    assertThat(storage.exists(DIRECTORY.resolve(SegmentSwap.DIRECTORY))).isFalse();
    TreeSet<Long> bases = new TreeSet<>();
    for (Storage.Entry entry : storage.list(DIRECTORY)) {
      SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).ifPresent(bases::add);
    }
    assertThat(bases)
        .containsExactlyElementsOf(segments.stream().map(LogSegment::baseOffset).toList());
    List<LogSegment> reopened = new ArrayList<>();
    for (LogSegment segment : segments) {
      reopened.add(existing(segment.baseOffset(), segment.sizeBytes()));
      segment.release();
    }
    segments.clear();
    segments.addAll(reopened);
    LogSegment last = segments.getLast();
    last.resume(0, last.baseOffset(), last.sizeBytes());
  }

  private CompactionJob job(GeneratedLog log) {
    LogState state = log.state(random);
    List<SealedSegment> sealed = new ArrayList<>();
    for (int i = 0; i < segments.size() - 1; i++) {
      LogSegment segment = segments.get(i);
      long end = segments.get(i + 1).baseOffset();
      sealed.add(
          new SealedSegment(
              segment,
              new SegmentSummary(
                  segment.baseOffset(), end, segment.sizeBytes(), Long.MAX_VALUE, Long.MIN_VALUE)));
    }
    CompactionPlan plan =
        CompactionPlanner.plan(
            sealed.stream().map(SealedSegment::summary).toList(),
            progress,
            0,
            state.lastStableOffset(),
            SETTINGS,
            log.nowMillis());
    return new CompactionJob(
        sealed, plan, progress, state, segmentBytes, GeneratedLog.GRACE, log.nowMillis());
  }

  private boolean exchange(List<LogSegment> old, SegmentSwap.Intent intent) throws IOException {
    for (LogSegment segment : old) {
      segment.pin();
    }
    SegmentSwap swap = new SegmentSwap(storage, DIRECTORY);
    swap.commit(intent);
    swap.carryOut(intent);
    int at = segments.indexOf(old.getFirst());
    segments.subList(at, at + old.size()).clear();
    segments.add(at, existing(intent.baseOffset(), intent.sizeBytes()));
    for (LogSegment segment : old) {
      segment.release();
    }
    return true;
  }

  private LogSegment existing(long baseOffset, long sizeBytes) {
    return LogSegment.existing(storage, DIRECTORY, baseOffset, INDEX_INTERVAL_BYTES, sizeBytes);
  }

  private static ByteBuffer read(LogSegment segment) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) segment.sizeBytes());
    assertThat(segment.file().read(bytes, 0)).isEqualTo(bytes.capacity());
    return bytes.flip();
  }
}
