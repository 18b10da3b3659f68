package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.partition.DurableEnd.Sealed;
import dev.sluice.log.producer.ProducerStates;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is written durable, seals segments, and keeps the recovery point. Part of the writer:
 * called under the I/O lock, except for what says otherwise.
 */
final class Durability {

  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

  private final LogServices services;
  private final String name;
  private final Path directory;
  private final WrittenLog log;
  private final ProducerStates producers;
  private final RecoveryPoint recoveryPoint;
  private final DurableEnd end = new DurableEnd();

  /** Of a log that has just been loaded: all of it is durable. */
  Durability(
      LogServices services,
      String name,
      Path directory,
      WrittenLog log,
      ProducerStates producers,
      RecoveryPoint recoveryPoint) {
    this.services = services;
    this.name = name;
    this.directory = directory;
    this.log = log;
    this.producers = producers;
    this.recoveryPoint = recoveryPoint;
    allIsDurable();
  }

  /** The offset behind what is durable. */
  long offset() {
    return end.offset();
  }

  /** Whether everything written is. */
  boolean isComplete() {
    return !end.hasSealed() && end.offset() == log.endOffset();
  }

  /** Whether there are sealed segments that are not known to be durable. */
  boolean lacksSealed() {
    return end.hasSealed();
  }

  /** Bytes of the active segment that are not known to be durable. */
  long unforcedBytes() {
    return log.active().sizeBytes() - (end.hasSealed() ? 0 : end.bytes());
  }

  /** Makes everything written durable, so that it may be acknowledged as such. */
  void force() throws IOException {
    long bytes = unforcedBytes();
    long start = System.nanoTime();
    if (end.hasSealed() || recoveryPoint.maySealUnforced()) {
      forceAll();
      // What is acknowledged from here on must not be taken for what was never forced.
      moveRecoveryPointIfRoom(checkpointAt(log.active().sizeBytes(), false));
    } else {
      log.active().force();
      allIsDurable();
    }
    services.metrics().forced(name, System.nanoTime() - start, bytes);
  }

  /** Makes everything durable, indexes included. */
  void forceAll() throws IOException {
    List<Sealed> sealed = end.sealed();
    for (Sealed each : sealed) {
      each.segment().forceAll();
    }
    log.active().forceAll();
    if (!sealed.isEmpty()) {
      services.storage().syncDirectory(directory);
    }
    while (end.hasSealed()) {
      end.advanceToNext();
    }
    allIsDurable();
  }

  /** Makes everything durable if sealed segments are not, and moves the recovery point there. */
  void forceSealed() throws IOException {
    if (end.hasSealed()) {
      checkpoint();
    }
  }

  /** Makes everything durable and moves the recovery point to the end. */
  void checkpoint() throws IOException {
    if (!recoveryPoint.isAt(log.endOffset(), log.active().baseOffset())) {
      forceAll();
      recoveryPoint.move(
          checkpointAt(log.active().sizeBytes(), recoveryPoint.maySealUnforced()),
          producers.list());
    }
  }

  /** Moves the recovery point to a position that is the end of the log now. */
  void recoverFrom(long position) throws IOException {
    recoveryPoint.move(checkpointAt(position, recoveryPoint.maySealUnforced()));
  }

  /**
   * The log is about to start later, or to have fewer segments: the next start knows.
   *
   * @param segments base offsets of those that it is to miss if they are not there; all are durable
   */
  void expect(long logStartOffset, List<Long> segments) throws IOException {
    recoveryPoint.move(recoveryPoint.checkpoint().withLogStart(logStartOffset, segments));
  }

  /** Whether the recovery point lies in a segment behind the one with this base offset. */
  boolean isRecoveryBehind(long segmentBaseOffset) {
    return recoveryPoint.isBehind(segmentBaseOffset);
  }

  /** Everything written is known to be durable, since it was made so by other means. */
  void allIsDurable() {
    end.advance(log.active().sizeBytes(), log.endOffset());
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
    Sealed sealed = end.oldestSealed();
    LogSegment oldest = sealed == null ? log.active() : sealed.segment();
    if (!oldest.retain()) {
      throw new IllegalStateException("Not durable, but closed: " + oldest);
    }
    long offset = sealed == null ? log.endOffset() : sealed.endOffset();
    long size = oldest.sizeBytes();
    return new Unforced(oldest, size, size - end.bytes(), offset, log.truncations(), sealed);
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
    Sealed sealed = end.oldestSealed();
    LogSegment oldest = sealed == null ? log.active() : sealed.segment();
    if (forced.truncations() != log.truncations() || forced.segment() != oldest) {
      return () -> {};
    }
    if (sealed != null && sealed == forced.sealed()) {
      end.advanceToNext();
      PartitionCheckpoint seen = recoveryPoint.checkpoint();
      PartitionCheckpoint next =
          log.checkpointAtBase(sealed.endOffset(), !sealed.producers().isEmpty(), true);
      return () -> follow(seen, next, sealed);
    }
    if (forced.sizeBytes() > end.bytes()) {
      end.advance(forced.sizeBytes(), forced.offset());
    }
    return () -> {};
  }

  /**
   * Seals the active segment and begins a new one. Where acknowledged does not mean durable, the
   * sealed one is left to be forced later, unless too many are already.
   */
  void roll(FlushMode mode) throws IOException {
    LogSegment active = log.active();
    if (mode == FlushMode.ACK || !end.hasRoomFor(active.sizeBytes()) || !mayLeaveUnforced()) {
      rollForced(mode);
      return;
    }
    active.seal();
    LogSegment next =
        LogSegment.createUnsynced(
            services.storage(), directory, log.endOffset(), PartitionSettings.INDEX_INTERVAL_BYTES);
    end.seal(new Sealed(active, active.sizeBytes(), log.endOffset(), producers.list()));
    log.rollTo(next);
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
      return false; // As long as there is no room to say so, sealing waits.
    }
  }

  private void rollForced(FlushMode mode) throws IOException {
    forceAll();
    log.rollTo(
        LogSegment.create(
            services.storage(),
            directory,
            log.endOffset(),
            PartitionSettings.INDEX_INTERVAL_BYTES));
    allIsDurable();
    boolean may = mode != FlushMode.ACK && recoveryPoint.maySealUnforced();
    moveRecoveryPointIfRoom(checkpointAt(0, may));
  }

  private void moveRecoveryPointIfRoom(PartitionCheckpoint next) throws IOException {
    try {
      recoveryPoint.move(next, producers.list());
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

  private PartitionCheckpoint checkpointAt(long position, boolean maySealUnforced) {
    return log.checkpointAt(position, !producers.isEmpty(), maySealUnforced);
  }

  /**
   * Cuts off what may not be believed after a failed write or force; may be repeated. Sealed
   * segments that can still be forced stay.
   */
  void truncateToDurable() throws IOException {
    keepSealed();
    while (end.hasSealed()) {
      LogSegment last = log.active();
      last.delete();
      services.storage().syncDirectory(directory); // One after the other, so that no gap is left.
      log.segments().removeLast();
      end.forgetLast();
      last.release();
    }
    log.active().truncateLog(end.bytes());
    log.loseBehind(end.offset());
  }

  private void keepSealed() {
    try {
      for (Sealed sealed : end.sealed()) {
        sealed.segment().forceAll();
        services.storage().syncDirectory(directory);
        end.advanceToNext();
      }
    } catch (IOException e) {
      LOG.warn("{} can't be kept behind offset {}: {}", name, end.offset(), e.getMessage());
    }
  }

  /** Leaves the files to another writer: this one's forces may end, but change nothing any more. */
  void retire() {
    recoveryPoint.retire();
  }

  /** Lets the segments go that are held here. */
  void release() throws IOException {
    retire();
    end.release();
  }
}
