package dev.sluice.log.recovery;

import dev.sluice.log.epoch.EpochStart;
import dev.sluice.log.epoch.LeaderEpochs;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.BatchFacts;
import dev.sluice.log.producer.ProducerState;
import dev.sluice.log.producer.ProducerStates;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.record.BatchHeader;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the state that is a function of the log's batches anew: producers, aborted transactions and
 * leader epochs. Not thread-safe.
 */
public final class StateReplay {

  private static final Logger LOG = LoggerFactory.getLogger(StateReplay.class);
  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int NO_EPOCH = -1;

  private final ProducerStates producers;
  private final LeaderEpochs epochs;
  private final long nowMillis;

  /** A replay on top of what is known. */
  public StateReplay(ProducerStates producers, LeaderEpochs epochs, long nowMillis) {
    this.producers = producers;
    this.epochs = epochs;
    this.nowMillis = nowMillis;
  }

  /**
   * Brings the producers to where they were at an offset: from the last snapshot before it, and the
   * batches from there on.
   *
   * @param lastBaseOffset the base offset of the segment that ends there, or begins there
   * @param lastPosition where in it; bytes from there on are not looked at
   */
  public void restoreProducers(
      ProducerSnapshots snapshots,
      List<LogSegment> segments,
      long offset,
      long lastBaseOffset,
      long lastPosition)
      throws IOException {
    producers.clear();
    long from = segments.getFirst().baseOffset();
    long latest = snapshots.latestUpTo(offset).orElse(-1);
    if (latest >= from) {
      Optional<List<ProducerState>> snapshot = snapshots.read(latest);
      if (snapshot.isPresent()) {
        producers.restore(snapshot.get(), nowMillis);
        from = latest;
      }
    }
    if (from < offset) {
      LOG.info("Reads producers from offset {} to {}, from {}", from, offset, segments.getFirst());
    }
    for (LogSegment segment : segments) {
      if (segment.baseOffset() < lastBaseOffset) {
        replay(segment, from, segment.sizeBytes());
      } else if (segment.baseOffset() == lastBaseOffset) {
        replay(segment, from, lastPosition);
      }
    }
  }

  private void replay(LogSegment segment, long from, long limit) throws IOException {
    BatchInfo first = limit == 0 ? null : segment.find(from, limit);
    if (first == null) {
      return;
    }
    BatchScanner scanner = segment.scanner(first.position(), limit, false, WINDOW_BYTES);
    for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
      ByteBuffer header = scanner.header();
      if (BatchHeader.producerId(header, 0) >= 0) {
        var unused = producers.apply(facts(scanner, header, batch), nowMillis);
      }
    }
    if (scanner.problem() != null) {
      throw new SegmentDamagedException(scanner.problem(), segment.path(), scanner.position());
    }
  }

  /** Takes up the batch that a scanner has just passed, which nothing here knows yet. */
  void take(BatchScanner scanner, BatchInfo batch, TransactionIndex aborted) throws IOException {
    ByteBuffer header = scanner.header();
    int epoch = BatchHeader.leaderEpoch(header, 0);
    if (epoch > epochs.latest().map(EpochStart::epoch).orElse(NO_EPOCH)) {
      boolean unused = epochs.assign(epoch, batch.baseOffset());
    }
    if (BatchHeader.producerId(header, 0) < 0) {
      return;
    }
    var completed = producers.apply(facts(scanner, header, batch), nowMillis);
    if (completed.isPresent() && completed.get().isAborted()) {
      aborted.append(AbortedTransaction.of(completed.get(), producers.firstUndecidedOffset()));
    }
  }

  /** A header is enough, except for markers, which are small. */
  private static BatchFacts facts(BatchScanner scanner, ByteBuffer header, BatchInfo batch)
      throws IOException {
    return BatchFacts.of(BatchHeader.isControl(header, 0) ? scanner.read(batch) : header, 0);
  }
}
