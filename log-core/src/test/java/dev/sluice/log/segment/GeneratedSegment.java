package dev.sluice.log.segment;

import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import dev.sluice.log.record.RecordBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Fills a segment with batches of all sizes, with gaps between offsets as compaction leaves them,
 * and times that go back now and then; remembers each, to be compared with.
 */
final class GeneratedSegment {

  private final LogSegment segment;
  private final Random random;
  private final List<BatchInfo> batches = new ArrayList<>();
  private long nextOffset;
  private long time = 1_000_000;

  GeneratedSegment(LogSegment segment, Random random) {
    this.segment = segment;
    this.random = random;
    this.nextOffset = segment.baseOffset();
  }

  List<BatchInfo> batches() {
    return batches;
  }

  long nextOffset() {
    return nextOffset;
  }

  /** Appends one run of batches. */
  void append(int count) throws IOException {
    ByteBuffer run = ByteBuffer.allocate(count * 64 * 1024);
    long start = segment.sizeBytes();
    List<BatchInfo> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordBatch batch = batch();
      int at = run.position();
      run.put(batch.bytes());
      RecordBatches.assign(run, at, nextOffset, 0);
      added.add(BatchInfo.of(run, at, start + at));
      nextOffset += batch.lastOffsetDelta() + 1L + (random.nextInt(5) == 0 ? random.nextInt(9) : 0);
    }
    segment.append(run.flip());
    batches.addAll(added);
  }

  /** Takes back all batches from the given one on. */
  void truncate(int keptBatches) throws IOException {
    BatchInfo first = batches.get(keptBatches);
    segment.truncate(first.position(), first.baseOffset());
    batches.subList(keptBatches, batches.size()).clear();
    nextOffset = first.baseOffset();
  }

  private RecordBatch batch() {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    int records = 1 + random.nextInt(4);
    int size = random.nextInt(10) == 0 ? 14_000 : random.nextInt(200);
    for (int i = 0; i < records; i++) {
      time += random.nextInt(20) - 4;
      builder.append(time, null, new byte[size]);
    }
    return builder.build();
  }
}
