package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.partition.DurableEnd.Sealed;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the segments of a partition: appends, rolls, forces, truncates, deletes, keeps the
 * recovery point. Not thread-safe; {@link GroupCommit} guards it by its I/O lock.
 */
final class LogWriter {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final LogServices services;
  private final String name;
  private final Path directory;
  private final RecoveryPoint recoveryPoint;
  private final SegmentList segments;
  private final BatchAdmission admission;
  private final ProducerSnapshots snapshots;

  private long logStartOffset;
  private long writtenOffset;
  private long visibleLimit = Long.MAX_VALUE;
  private long activeSinceMillis;
  private int truncations;

  private final DurableEnd durable = new DurableEnd();

  LogWriter(LogServices services, String name, Path directory, LogLoader.Loaded loaded) {
    PartitionCheckpoint checkpoint = loaded.checkpoint();
    this.services = services;
    this.name = name;
    this.directory = directory;
    this.recoveryPoint =
        new RecoveryPoint(
            PartitionCheckpoint.file(services.storage(), directory),
            loaded.state().snapshots(),
            checkpoint,
            loaded.isCheckpointStored());
    this.segments = new SegmentList(loaded.segments());
    this.snapshots = loaded.state().snapshots();
    this.admission =
        new BatchAdmission(services.clock(), loaded.state().producers(), loaded.state().epochs());
    this.logStartOffset = checkpoint.logStartOffset();
    this.writtenOffset = loaded.logEndOffset();
    durable.advance(active().sizeBytes(), writtenOffset);
    this.activeSinceMillis = checkpoint.activeSinceMillis();
    if (activeSinceMillis < 0 && active().sizeBytes() > 0) {
      activeSinceMillis = services.clock().millis();
    }
  }

  /** What readers may see now. */
  LogView view() throws IOException {
    if (visibleLimit >= writtenOffset) {
      return view(segments.shared(), writtenOffset, active().sizeBytes());
    }
    long visible = Math.max(visibleLimit, logStartOffset);
    List<LogSegment> shared = segments.shared();
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
        logStartOffset,
        highWatermark,
        admission.lastStableOffset(highWatermark),
        writtenOffset,
        lastLimit,
        truncations,
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
    return segments.shared();
  }

  long logStartOffset() {
    return logStartOffset;
  }

  /** The offset behind what is written. */
  long writtenOffset() {
    return writtenOffset;
  }

  /** The offset behind what is durable. */
  long durableOffset() {
    return durable.offset();
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
    long endOffset = writtenOffset;
    try {
      for (PendingAppend append : chunk.appends()) {
        if (isRollDue(end - start, append, endOffset, settings)) {
          writeRun(bytes, start, end, endOffset);
          start = end;
          roll(settings.flush().mode());
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

  /** Makes everything written durable, so that it may be acknowledged as such. */
  void force() throws IOException {
    long bytes = unforcedBytes();
    long start = System.nanoTime();
    if (durable.hasSealed() || recoveryPoint.maySealUnforced()) {
      forceAll();
      // What is acknowledged from here on must not be taken for what was never forced.
      moveRecoveryPointIfRoom(checkpointAt(active().sizeBytes()).withMaySealUnforced(false));
    } else {
      active().force();
      durable.advance(active().sizeBytes(), writtenOffset);
    }
    services.metrics().forced(name, System.nanoTime() - start, bytes);
  }

  boolean isDurable() {
    return !durable.hasSealed() && durable.offset() == writtenOffset;
  }

  /** Whether there are sealed segments that are not known to be durable. */
  boolean hasUnforcedSealed() {
    return durable.hasSealed();
  }

  /** Bytes of the active segment that are not known to be durable. */
  long unforcedBytes() {
    return active().sizeBytes() - (durable.hasSealed() ? 0 : durable.bytes());
  }

  /**
   * What was written at one moment to the oldest segment that is not durable: to be forced without
   * the I/O lock.
   *
   * @param segment retained
   * @param sizeBytes of it
   * @param newBytes of these, that were not durable before
   * @param offset the offset behind it
   * @param sealed the same, if it is sealed
   */
  record Unforced(
      LogSegment segment,
      long sizeBytes,
      long newBytes,
      long offset,
      int truncations,
      @Nullable Sealed sealed) {

    /** Makes it durable; what is sealed with its indexes and the entry of the one behind it. */
    void force(Storage storage, Path directory) throws IOException {
      if (sealed == null) {
        segment.force();
      } else {
        segment.forceAll();
        storage.syncDirectory(directory);
      }
    }
  }

  /** What is to be forced next, with its segment retained. */
  Unforced retainUnforced() {
    Sealed sealed = durable.oldestSealed();
    LogSegment oldest = sealed == null ? active() : sealed.segment();
    if (!oldest.retain()) {
      throw new IllegalStateException("Not durable, but closed: " + oldest);
    }
    long end = sealed == null ? writtenOffset : sealed.endOffset();
    long size = oldest.sizeBytes();
    return new Unforced(oldest, size, size - durable.bytes(), end, truncations, sealed);
  }

  /** Moves the recovery point; not under the I/O lock. */
  interface Follow {
    void run() throws IOException;
  }

  /**
   * What was to be forced has been.
   *
   * @return what is left to do without the I/O lock
   */
  Follow noteDurable(Unforced forced) throws IOException {
    Sealed sealed = durable.oldestSealed();
    LogSegment oldest = sealed == null ? active() : sealed.segment();
    if (forced.truncations() != truncations || forced.segment() != oldest) {
      return () -> {};
    }
    if (sealed != null && sealed == forced.sealed()) {
      durable.advanceToNext();
      PartitionCheckpoint seen = recoveryPoint.checkpoint();
      PartitionCheckpoint next = checkpointBehind(sealed);
      return () -> follow(seen, next, sealed);
    }
    if (forced.sizeBytes() > durable.bytes()) {
      durable.advance(forced.sizeBytes(), forced.offset());
    }
    return () -> {};
  }

  /**
   * Seals the active segment and begins a new one. Where acknowledged does not mean durable, the
   * sealed one is left to be forced later, unless too many are already.
   */
  void roll(FlushMode mode) throws IOException {
    if (mode == FlushMode.ACK || !durable.hasRoomFor(active().sizeBytes()) || !mayLeaveUnforced()) {
      rollForced(mode);
      return;
    }
    active().seal();
    LogSegment next =
        LogSegment.createUnsynced(
            services.storage(), directory, writtenOffset, PartitionSettings.INDEX_INTERVAL_BYTES);
    durable.seal(
        new Sealed(active(), active().sizeBytes(), writtenOffset, admission.producers().list()));
    segments.add(next);
    activeSinceMillis = -1;
  }

  /** The next start is told before it could meet one, or would take it for rot. */
  private boolean mayLeaveUnforced() throws IOException {
    if (recoveryPoint.maySealUnforced()) {
      return true;
    }
    try {
      recoveryPoint.move(recoveryPoint.checkpoint().withMaySealUnforced(true));
      return true;
    } catch (DiskFullException e) {
      return false;
    }
  }

  private void rollForced(FlushMode mode) throws IOException {
    forceAll();
    segments.add(newSegment(writtenOffset));
    durable.advance(0, writtenOffset);
    activeSinceMillis = -1;
    boolean may = mode != FlushMode.ACK && recoveryPoint.maySealUnforced();
    moveRecoveryPointIfRoom(checkpointAt(0).withMaySealUnforced(may));
  }

  private void moveRecoveryPointIfRoom(PartitionCheckpoint next) throws IOException {
    try {
      recoveryPoint.move(next, admission.producers().list());
    } catch (DiskFullException e) {
      warnOfOldRecoveryPoint();
    }
  }

  private void follow(PartitionCheckpoint seen, PartitionCheckpoint next, Sealed behind)
      throws IOException {
    try {
      recoveryPoint.follow(seen, next, behind.producers());
    } catch (DiskFullException e) {
      warnOfOldRecoveryPoint();
    }
  }

  private void warnOfOldRecoveryPoint() {
    LOG.warn(
        "The disk is too full for the recovery point of {}; the next start will take longer", name);
  }

  /** Makes everything durable, indexes included. */
  private void forceAll() throws IOException {
    boolean isBehindSealed = durable.hasSealed();
    for (Sealed sealed : durable.sealed()) {
      sealed.segment().forceAll();
    }
    active().forceAll();
    if (isBehindSealed) {
      services.storage().syncDirectory(directory);
    }
    while (durable.hasSealed()) {
      durable.advanceToNext();
    }
    durable.advance(active().sizeBytes(), writtenOffset);
  }

  /** Makes everything durable if sealed segments are not, and moves the recovery point there. */
  void forceSealed() throws IOException {
    if (durable.hasSealed()) {
      forceAll();
      moveRecoveryPoint();
    }
  }

  /** Seals the active segment if it holds anything. */
  void rollUsed(FlushMode mode) throws IOException {
    if (active().sizeBytes() > 0) {
      roll(mode);
    }
  }

  /** Whether the active segment is old enough to be sealed. */
  boolean isActiveAged(PartitionSettings settings) {
    return activeSinceMillis >= 0
        && services.clock().millis() - activeSinceMillis >= settings.effectiveSegmentAgeMillis();
  }

  /** Makes everything durable and moves the recovery point to the end. */
  void checkpoint() throws IOException {
    int unused =
        admission.producers().expire(services.clock().millis(), ProducerStates.DEFAULT_MAX_IDLE);
    if (recoveryPoint.isAt(writtenOffset, active().baseOffset())) {
      return;
    }
    forceAll();
    moveRecoveryPoint();
  }

  /** Moves the log start, durably. */
  void startAt(long offset) throws IOException {
    forceSealed(); // What goes must not be where recovery is to begin.
    recoveryPoint.move(recoveryPoint.checkpoint().withLogStart(offset, segments.baseOffsets()));
    logStartOffset = offset;
    admission.epochs().truncateFromStart(offset);
  }

  /** Takes the segments that end at or before the log start out of the list. */
  List<LogSegment> removeBelowStart() {
    return segments.removeBelow(logStartOffset);
  }

  /** Whether these are sealed segments of this log that follow each other. */
  boolean hasSealed(List<LogSegment> some) {
    return segments.hasSealed(some);
  }

  /**
   * Prepares the next start for sealed segments to become one: recovery begins behind them, and
   * does not miss those whose names go.
   */
  void expectReplaced(List<LogSegment> some) throws IOException {
    if (!recoveryPoint.isBehind(some.getLast().baseOffset())) {
      checkpoint();
    }
    if (some.size() > 1) {
      List<Long> left = new ArrayList<>(segments.baseOffsets());
      boolean unused = left.removeAll(some.stream().skip(1).map(LogSegment::baseOffset).toList());
      recoveryPoint.move(recoveryPoint.checkpoint().withLogStart(logStartOffset, left));
    }
  }

  /** Puts a segment in the place of sealed ones, whose files it has taken over. */
  void replace(List<LogSegment> old, LogSegment rewritten) {
    segments.replace(old, rewritten);
  }

  /** Cuts off what may not be believed after a failed write or force; may be repeated. */
  void truncateToDurable() throws IOException {
    while (durable.hasSealed()) {
      LogSegment last = active();
      last.delete();
      services.storage().syncDirectory(directory);
      segments.removeLast();
      durable.forgetLast();
      last.release();
    }
    active().truncateLog(durable.bytes());
    writtenOffset = durable.offset();
  }

  /**
   * Takes back the records from an offset on, durably; the whole batch that holds it. A crash in
   * between leaves some of them, from the front.
   *
   * @param offset at or above the log start
   */
  void truncateTo(long offset) throws IOException {
    if (offset >= writtenOffset) {
      return;
    }
    forceAll();
    List<LogSegment> doomed = segments.removeAbove(offset);
    LogSegment last = active();
    BatchInfo first = last.find(offset, last.sizeBytes());
    long position = first == null ? last.sizeBytes() : first.position();
    truncations++;
    writtenOffset = first == null ? offset : Math.min(offset, first.baseOffset());
    logStartOffset = Math.min(logStartOffset, writtenOffset);
    activeSinceMillis = position == 0 ? -1 : services.clock().millis();
    // Recovery must not look for what is about to go.
    recoveryPoint.move(checkpointAt(position));
    snapshots.removeBehind(writtenOffset);
    services.storage().syncDirectory(directory);
    deleteDurably(doomed);
    last.truncate(position, writtenOffset);
    restoreState();
    durable.advance(active().sizeBytes(), writtenOffset);
  }

  /** Takes back everything and begins anew, empty, at an offset; durable. */
  void restartAt(long offset) throws IOException {
    forceSealed();
    truncateTo(logStartOffset);
    LogSegment old = active();
    boolean isReused = old.baseOffset() == offset;
    LogSegment first = isReused ? old : newSegment(offset);
    List<LogSegment> doomed = segments.replaceAll(first);
    truncations++;
    logStartOffset = offset;
    writtenOffset = offset;
    activeSinceMillis = -1;
    recoveryPoint.move(checkpointAt(0));
    if (isReused) {
      first.truncate(0, offset);
    } else {
      deleteDurably(doomed);
    }
    admission.epochs().clear();
    restoreState();
    durable.advance(active().sizeBytes(), writtenOffset);
  }

  /** Goes on as another writer of the same files did, after they were loaded anew. */
  void succeed(LogWriter old) {
    visibleLimit = old.visibleLimit;
    truncations = old.truncations + 1;
  }

  /** After a truncation: what the batches that are left add up to. */
  private void restoreState() throws IOException {
    boolean unused = admission.epochs().truncateFromEnd(writtenOffset);
    if (!admission.producers().isEmpty()) {
      new StateReplay(admission.producers(), admission.epochs(), services.clock().millis())
          .restoreProducers(
              snapshots,
              segments.shared(),
              writtenOffset,
              active().baseOffset(),
              active().sizeBytes());
    }
    admission.restart();
  }

  /** Leaves the files to another writer: this one's forces may end, but change nothing any more. */
  void retire() {
    recoveryPoint.retire();
  }

  /** Gives all segments up; reports the last trouble. */
  void release() throws IOException {
    retire();
    try {
      durable.release();
    } finally {
      segments.release();
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

  private LogSegment newSegment(long baseOffset) throws IOException {
    return LogSegment.create(
        services.storage(), directory, baseOffset, PartitionSettings.INDEX_INTERVAL_BYTES);
  }

  private void writeRun(ByteBuffer bytes, int start, int end, long endOffset) throws IOException {
    if (end > start) {
      active().append(bytes.slice(start, end - start));
      writtenOffset = endOffset;
      if (activeSinceMillis < 0) {
        activeSinceMillis = services.clock().millis();
      }
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

  private void moveRecoveryPoint() throws IOException {
    recoveryPoint.move(checkpointAt(active().sizeBytes()), admission.producers().list());
  }

  /** A checkpoint at a position of the active segment that is the end of the log. */
  private PartitionCheckpoint checkpointAt(long position) {
    return new PartitionCheckpoint(
        logStartOffset,
        active().baseOffset(),
        position,
        writtenOffset,
        activeSinceMillis,
        !admission.producers().isEmpty(),
        recoveryPoint.maySealUnforced(),
        segments.baseOffsets());
  }

  /** A checkpoint at the end of a sealed segment; nothing is said of those behind the next. */
  private PartitionCheckpoint checkpointBehind(Sealed sealed) {
    long next = sealed.endOffset();
    return new PartitionCheckpoint(
        logStartOffset,
        next,
        0,
        next,
        next == active().baseOffset() ? activeSinceMillis : -1,
        !sealed.producers().isEmpty(),
        true,
        segments.baseOffsets().stream().filter(base -> base <= next).toList());
  }

  private LogSegment active() {
    return segments.active();
  }
}
