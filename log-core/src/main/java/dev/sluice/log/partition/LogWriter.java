package dev.sluice.log.partition;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.recovery.LogLoader;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the segments of a partition: appends, rolls, forces, deletes, keeps the checkpoint. Not
 * thread-safe; {@link PartitionLog} guards it by its I/O lock.
 */
final class LogWriter {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final LogServices services;
  private final String name;
  private final Path directory;
  private final AtomicFile checkpointFile;
  private final List<LogSegment> segments;

  /** An immutable copy of the segments, for readers. */
  private List<LogSegment> shared;

  private long logStartOffset;
  private long writtenOffset;
  private long activeSinceMillis;
  private PartitionCheckpoint checkpoint;
  private boolean isCheckpointStored;

  /** Of the active segment; see SEALED-IS-DURABLE for the others. */
  private long durableBytes;

  private long durableOffset;

  LogWriter(LogServices services, String name, Path directory, LogLoader.Loaded loaded) {
    this.services = services;
    this.name = name;
    this.directory = directory;
    this.checkpointFile = PartitionCheckpoint.file(services.storage(), directory);
    this.segments = new ArrayList<>(loaded.segments());
    this.shared = List.copyOf(segments);
    this.checkpoint = loaded.checkpoint();
    this.isCheckpointStored = loaded.isCheckpointStored();
    this.logStartOffset = checkpoint.logStartOffset();
    this.writtenOffset = loaded.logEndOffset();
    this.durableOffset = writtenOffset;
    this.durableBytes = active().sizeBytes();
    this.activeSinceMillis = checkpoint.activeSinceMillis();
    if (activeSinceMillis < 0 && active().sizeBytes() > 0) {
      activeSinceMillis = services.clock().millis();
    }
  }

  /** What is written is visible. */
  LogView view() {
    return new LogView(shared, logStartOffset, writtenOffset, active().sizeBytes());
  }

  /** The offset behind what is written. */
  long writtenOffset() {
    return writtenOffset;
  }

  /** The offset behind what is durable. */
  long durableOffset() {
    return durableOffset;
  }

  /**
   * Writes the appends of a chunk, rolling between them where it is time to.
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
    for (PendingAppend append : chunk.appends()) {
      if (isRollDue(end - start, append, settings)) {
        writeRun(bytes, start, end, endOffset);
        start = end;
        roll();
      }
      end += append.sizeBytes();
      endOffset = append.result().lastOffset() + 1;
    }
    writeRun(bytes, start, end, endOffset);
  }

  /** Makes everything written durable. */
  void force() throws IOException {
    long bytes = active().sizeBytes() - durableBytes;
    long start = System.nanoTime();
    active().force();
    durableBytes = active().sizeBytes();
    durableOffset = writtenOffset;
    services.metrics().forced(name, System.nanoTime() - start, bytes);
  }

  boolean isDurable() {
    return durableOffset == writtenOffset;
  }

  /** Seals the active segment and begins a new one. */
  void roll() throws IOException {
    active().forceAll();
    durableBytes = active().sizeBytes();
    durableOffset = writtenOffset;
    LogSegment next =
        LogSegment.create(
            services.storage(), directory, writtenOffset, PartitionSettings.INDEX_INTERVAL_BYTES);
    segments.add(next);
    shared = List.copyOf(segments);
    durableBytes = 0;
    activeSinceMillis = -1;
    try {
      writeCheckpoint();
    } catch (DiskFullException e) {
      LOG.warn(
          "The disk is too full for the recovery point of {}; the next start will take longer",
          name);
    }
  }

  /** Seals the active segment if it holds anything. */
  void rollUsed() throws IOException {
    if (active().sizeBytes() > 0) {
      roll();
    }
  }

  /** Whether the active segment is old enough to be sealed. */
  boolean isActiveAged(PartitionSettings settings) {
    return activeSinceMillis >= 0
        && services.clock().millis() - activeSinceMillis >= settings.effectiveSegmentAgeMillis();
  }

  /** Makes everything durable and moves the recovery point to the end. */
  void checkpoint() throws IOException {
    if (isCheckpointStored
        && checkpoint.offset() == writtenOffset
        && checkpoint.segmentBaseOffset() == active().baseOffset()) {
      return;
    }
    active().forceAll();
    durableBytes = active().sizeBytes();
    durableOffset = writtenOffset;
    writeCheckpoint();
  }

  /** Moves the log start, durably. */
  void startAt(long offset) throws IOException {
    logStartOffset = offset;
    checkpoint =
        new PartitionCheckpoint(
            offset,
            checkpoint.segmentBaseOffset(),
            checkpoint.position(),
            checkpoint.offset(),
            checkpoint.activeSinceMillis());
    checkpoint.write(checkpointFile);
    isCheckpointStored = true;
  }

  /** Takes the segments that end at or before the log start out of the list. */
  List<LogSegment> removeBelowStart() {
    List<LogSegment> removed = new ArrayList<>();
    while (segments.size() > 1 && segments.get(1).baseOffset() <= logStartOffset) {
      removed.add(segments.removeFirst());
    }
    shared = List.copyOf(segments);
    return removed;
  }

  /** Whether these are sealed segments of this log that follow each other. */
  boolean hasSealed(List<LogSegment> some) {
    int at = segments.indexOf(some.getFirst());
    int end = at + some.size();
    return at >= 0 && end < segments.size() && segments.subList(at, end).equals(some);
  }

  /**
   * Puts a segment in the place of sealed ones, whose files it has taken over.
   *
   * @param old as {@link #hasSealed} has found them
   */
  void replace(List<LogSegment> old, LogSegment rewritten) {
    int at = segments.indexOf(old.getFirst());
    segments.subList(at, at + old.size()).clear();
    segments.add(at, rewritten);
    shared = List.copyOf(segments);
  }

  /** Makes sure that the recovery point, as it is stored, lies behind a sealed segment. */
  void checkpointBehind(LogSegment sealed) throws IOException {
    if (!isCheckpointStored || checkpoint.segmentBaseOffset() <= sealed.baseOffset()) {
      checkpoint();
    }
  }

  /** Cuts off what may not be believed after a failed write or force. */
  void truncateToDurable() throws IOException {
    active().truncateLog(durableBytes);
    writtenOffset = durableOffset;
  }

  /** Gives all segments up; reports the last trouble. */
  void release() throws IOException {
    IOException trouble = null;
    for (LogSegment segment : segments) {
      try {
        segment.release();
      } catch (IOException e) {
        trouble = e;
      }
    }
    if (trouble != null) {
      throw trouble;
    }
  }

  private void writeRun(ByteBuffer bytes, int start, int end, long endOffset) throws IOException {
    if (end > start) {
      active().append(bytes.slice(start, end - start));
      writtenOffset = endOffset;
      if (activeSinceMillis < 0) {
        activeSinceMillis = services.clock().millis();
      }
    }
  }

  private boolean isRollDue(int runBytes, PendingAppend append, PartitionSettings settings) {
    LogSegment active = active();
    long size = active.sizeBytes() + runBytes;
    return size > 0
        && (size + append.sizeBytes() > settings.effectiveSegmentBytes()
            || append.result().lastOffset() - active.baseOffset() > Integer.MAX_VALUE
            || isActiveAged(settings));
  }

  private void writeCheckpoint() throws IOException {
    PartitionCheckpoint next =
        new PartitionCheckpoint(
            logStartOffset,
            active().baseOffset(),
            active().sizeBytes(),
            writtenOffset,
            activeSinceMillis);
    next.write(checkpointFile);
    checkpoint = next;
    isCheckpointStored = true;
  }

  private LogSegment active() {
    return segments.getLast();
  }
}
