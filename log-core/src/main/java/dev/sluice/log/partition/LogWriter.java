package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.ProducerStates;
import dev.sluice.log.recovery.LogLoader;
import dev.sluice.log.recovery.ProducerSnapshots;
import dev.sluice.log.recovery.StateReplay;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the segments of a partition: appends, rolls between appends, truncates, deletes. Not
 * thread-safe; {@link GroupCommit} guards it by its I/O lock.
 */
final class LogWriter {

  private final LogServices services;
  private final Path directory;
  private final WrittenLog log;
  private final BatchAdmission admission;
  private final ProducerSnapshots snapshots;
  private final Durability durability;
  private long visibleLimit = Long.MAX_VALUE;

  LogWriter(LogServices services, String name, Path directory, LogLoader.Loaded loaded) {
    this.services = services;
    this.directory = directory;
    this.log = new WrittenLog(loaded.segments(), loaded.checkpoint(), services.clock().millis());
    this.snapshots = loaded.state().snapshots();
    this.admission =
        new BatchAdmission(services.clock(), loaded.state().producers(), loaded.state().epochs());
    RecoveryPoint recoveryPoint =
        new RecoveryPoint(
            PartitionCheckpoint.file(services.storage(), directory),
            snapshots,
            loaded.checkpoint(),
            loaded.isCheckpointStored());
    this.durability =
        new Durability(services, name, directory, log, admission.producers(), recoveryPoint);
  }

  /** What readers may see now. */
  LogView view() throws IOException {
    if (visibleLimit >= log.endOffset()) {
      return view(log.segments().shared(), log.endOffset(), active().sizeBytes());
    }
    long visible = Math.max(visibleLimit, log.startOffset());
    List<LogSegment> shared = log.segments().shared();
    int last = shared.size() - 1;
    while (last > 0 && shared.get(last).baseOffset() > visible) {
      last--;
    }
    LogSegment segment = shared.get(last);
    BatchInfo hidden = segment.find(visible, segment.sizeBytes());
    long limit = hidden == null ? segment.sizeBytes() : hidden.position();
    return view(shared.subList(0, last + 1), visible, limit);
  }

  private LogView view(List<LogSegment> visible, long highWatermark, long lastLimit) {
    return new LogView(
        visible,
        log.startOffset(),
        highWatermark,
        admission.lastStableOffset(highWatermark),
        log.endOffset(),
        lastLimit,
        log.truncations(),
        admission.leaderEpoch());
  }

  /** Hides what is at or behind an offset, however durable it is. */
  void limitView(long offset) {
    visibleLimit = offset;
  }

  /** Who gives appends their place. */
  BatchAdmission admission() {
    return admission;
  }

  List<LogSegment> segments() {
    return log.segments().shared();
  }

  long logStartOffset() {
    return log.startOffset();
  }

  /** The offset behind what is written. */
  long writtenOffset() {
    return log.endOffset();
  }

  /** What is durable of it. */
  Durability durability() {
    return durability;
  }

  /**
   * Admits the appends of a chunk and writes them, rolling between them where it is time to.
   *
   * @throws DiskFullException if there is no room for one of them; those before {@link
   *     #writtenOffset} are written, nothing of the others is
   * @throws IOException if the state on disk is unknown
   */
  void write(PendingChunk chunk, PartitionSettings settings) throws IOException {
    ByteBuffer bytes = chunk.bytes().duplicate().flip();
    int start = 0;
    int end = 0;
    long endOffset = log.endOffset();
    try {
      for (PendingAppend append : chunk.appends()) {
        if (isRollDue(end - start, append, endOffset, settings)) {
          writeRun(bytes, start, end, endOffset);
          start = end;
          durability.roll(settings.flush().mode());
        }
        if (admission.admit(bytes, end, append, endOffset, settings.timestampType())) {
          endOffset = append.endOffset(endOffset);
        } else {
          writeRun(bytes, start, end, endOffset);
          start = end + append.sizeBytes();
        }
        end += append.sizeBytes();
      }
      writeRun(bytes, start, end, endOffset);
    } catch (DiskFullException e) {
      admission.rollBack();
      throw e;
    }
  }

  /** Seals the active segment if it holds anything. */
  void rollUsed(FlushMode mode) throws IOException {
    if (active().sizeBytes() > 0) {
      durability.roll(mode);
    }
  }

  /** Whether the active segment is old enough to be sealed. */
  boolean isActiveAged(PartitionSettings settings) {
    return log.isActiveSince(settings.effectiveSegmentAgeMillis(), services.clock().millis());
  }

  /** Forgets idle producers, makes everything durable, and moves the recovery point to the end. */
  void checkpoint() throws IOException {
    int unused =
        admission.producers().expire(services.clock().millis(), ProducerStates.DEFAULT_MAX_IDLE);
    durability.checkpoint();
  }

  /** Moves the log start, durably. */
  void startAt(long offset) throws IOException {
    durability.forceSealed(); // What goes must not be where recovery is to begin.
    durability.expect(offset, log.segments().baseOffsets());
    log.startAt(offset);
    admission.epochs().truncateFromStart(offset);
  }

  /** Takes the segments that end at or before the log start out of the list. */
  List<LogSegment> removeBelowStart() {
    return log.segments().removeBelow(log.startOffset());
  }

  /** Whether these are sealed segments of this log that follow each other. */
  boolean hasSealed(List<LogSegment> some) {
    return log.segments().hasSealed(some);
  }

  /**
   * Prepares the next start for sealed segments to become one: recovery begins behind them, and
   * does not miss those whose names go.
   */
  void expectReplaced(List<LogSegment> some) throws IOException {
    if (!durability.isRecoveryBehind(some.getLast().baseOffset())) {
      checkpoint();
    }
    if (some.size() > 1) {
      durability.forceSealed();
      List<Long> left = new ArrayList<>(log.segments().baseOffsets());
      boolean unused = left.removeAll(some.stream().skip(1).map(LogSegment::baseOffset).toList());
      durability.expect(log.startOffset(), left);
    }
  }

  /** Puts a segment in the place of sealed ones, whose files it has taken over. */
  void replace(List<LogSegment> old, LogSegment rewritten) {
    log.segments().replace(old, rewritten);
  }

  /**
   * Takes back the records from an offset on, durably; the whole batch that holds it. A crash in
   * between leaves some of them, from the front.
   *
   * @param offset at or above the log start
   */
  void truncateTo(long offset) throws IOException {
    if (offset >= log.endOffset()) {
      return;
    }
    durability.forceAll();
    List<LogSegment> doomed = log.segments().removeAbove(offset);
    LogSegment last = active();
    BatchInfo first = last.find(offset, last.sizeBytes());
    long position = first == null ? last.sizeBytes() : first.position();
    long end = first == null ? offset : Math.min(offset, first.baseOffset());
    log.cutTo(end, position, services.clock().millis());
    // Recovery must not look for what is about to go.
    durability.recoverFrom(position);
    snapshots.removeBehind(end);
    services.storage().syncDirectory(directory);
    deleteDurably(doomed);
    last.truncate(position, end);
    restoreState();
    durability.allIsDurable();
  }

  /** Takes back everything and begins anew, empty, at an offset; durable. */
  void restartAt(long offset) throws IOException {
    durability.forceSealed();
    truncateTo(log.startOffset());
    LogSegment old = active();
    boolean isReused = old.baseOffset() == offset;
    LogSegment first =
        isReused
            ? old
            : LogSegment.create(
                services.storage(), directory, offset, PartitionSettings.INDEX_INTERVAL_BYTES);
    List<LogSegment> doomed = log.restartAt(first, offset);
    durability.recoverFrom(0);
    if (isReused) {
      first.truncate(0, offset);
    } else {
      deleteDurably(doomed);
    }
    admission.epochs().clear();
    restoreState();
    durability.allIsDurable();
  }

  /** Goes on as another writer of the same files did, after they were loaded anew. */
  void succeed(LogWriter old) {
    visibleLimit = old.visibleLimit;
    log.countBehind(old.log.truncations());
  }

  /** After a truncation: what the batches that are left add up to. */
  private void restoreState() throws IOException {
    boolean unused = admission.epochs().truncateFromEnd(log.endOffset());
    if (!admission.producers().isEmpty()) {
      new StateReplay(admission.producers(), admission.epochs(), services.clock().millis())
          .restoreProducers(
              snapshots,
              log.segments().shared(),
              log.endOffset(),
              active().baseOffset(),
              active().sizeBytes());
    }
    admission.restart();
  }

  /** Gives all segments up; reports the last trouble. */
  void release() throws IOException {
    try {
      durability.release();
    } finally {
      log.segments().release();
    }
  }

  /** One after the other, so that a crash leaves no gap. */
  private void deleteDurably(List<LogSegment> lastFirst) throws IOException {
    for (LogSegment segment : lastFirst) {
      segment.delete();
      segment.release();
      services.storage().syncDirectory(directory);
    }
  }

  private void writeRun(ByteBuffer bytes, int start, int end, long endOffset) throws IOException {
    if (end > start) {
      active().append(bytes.slice(start, end - start));
      log.endAt(endOffset, services.clock().millis());
    }
    for (AbortedTransaction aborted : admission.keep()) {
      active().transactions().append(aborted);
    }
  }

  private boolean isRollDue(
      int runBytes, PendingAppend append, long nextOffset, PartitionSettings settings) {
    LogSegment active = active();
    long size = active.sizeBytes() + runBytes;
    return size > 0
        && (size + append.sizeBytes() > settings.effectiveSegmentBytes()
            || append.endOffset(nextOffset) - active.baseOffset() > Integer.MAX_VALUE
            || isActiveAged(settings));
  }

  private LogSegment active() {
    return log.active();
  }
}
