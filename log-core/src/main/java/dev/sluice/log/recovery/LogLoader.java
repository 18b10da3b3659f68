package dev.sluice.log.recovery;

import dev.sluice.log.StorageException;
import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.compaction.SegmentSwap;
import dev.sluice.log.epoch.LeaderEpochs;
import dev.sluice.log.io.Storage;
import dev.sluice.log.producer.ProducerStates;
import dev.sluice.log.segment.LogSegment;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the segments of a partition's directory. Looks at every byte behind the recovery point, and
 * at none before it.
 */
public final class LogLoader {

  private static final Logger LOG = LoggerFactory.getLogger(LogLoader.class);

  /**
   * What was found.
   *
   * @param segments by base offset, at least one; the last is ready to be appended to
   * @param logEndOffset the offset that the next record gets
   * @param checkpoint what was known from before, brought up to date
   * @param isCheckpointStored whether the checkpoint's file says the same
   * @param state what the log's batches add up to
   */
  public record Loaded(
      List<LogSegment> segments,
      long logEndOffset,
      PartitionCheckpoint checkpoint,
      boolean isCheckpointStored,
      State state) {}

  /** What a log's batches add up to, and where it is kept. */
  public record State(ProducerStates producers, LeaderEpochs epochs, ProducerSnapshots snapshots) {}

  private final Storage storage;
  private final Path directory;
  private final int indexIntervalBytes;
  private final long unforcedBytes;
  private final long nowMillis;

  /**
   * A loader.
   *
   * @param unforcedBytes how much at the end may have been written but not forced when the last
   *     process ended: pages of that much may be missing from anywhere in it
   * @param nowMillis the time, from which producers count as idle
   */
  public LogLoader(
      Storage storage, Path directory, int indexIntervalBytes, long unforcedBytes, long nowMillis) {
    this.storage = storage;
    this.directory = directory;
    this.indexIntervalBytes = indexIntervalBytes;
    this.unforcedBytes = unforcedBytes;
    this.nowMillis = nowMillis;
  }

  /**
   * Loads; a directory without segments gets its first one.
   *
   * @throws StorageException {@code CORRUPT} for rot or missing segments
   */
  public Loaded load() throws IOException {
    List<LogSegment> segments = new ArrayList<>();
    try {
      return load(segments);
    } catch (IOException | StorageException e) {
      for (LogSegment segment : segments) {
        close(segment, e);
      }
      throw e;
    }
  }

  private Loaded load(List<LogSegment> segments) throws IOException {
    new SegmentSwap(storage, directory).complete();
    List<Storage.Entry> entries = storage.list(directory);
    removeLeftovers(entries);
    Optional<PartitionCheckpoint> known = readCheckpoint();
    addSegments(segments, entries);
    State state =
        new State(
            new ProducerStates(),
            epochs(segments),
            new ProducerSnapshots(storage, directory, entries));
    if (segments.isEmpty()) {
      return empty(segments, known, state);
    }
    long firstOffset = segments.getFirst().baseOffset();
    dropUnusedLast(segments, known);
    PartitionCheckpoint from = known.orElseGet(() -> PartitionCheckpoint.startingAt(firstOffset));
    requireDurable(segments, from);
    StateReplay replay = new StateReplay(state.producers(), state.epochs(), nowMillis);
    if (from.hasProducers()) {
      replay.restoreProducers(
          state.snapshots(), segments, from.offset(), from.segmentBaseOffset(), from.position());
    }
    long end = new EndRecovery(storage, directory, from, unforcedBytes, replay).recover(segments);
    long logStart = Math.min(Math.max(from.logStartOffset(), firstOffset), end);
    boolean unused = state.epochs().truncateFromEnd(end);
    state.epochs().truncateFromStart(logStart);
    state.snapshots().removeBehind(end);
    PartitionCheckpoint now = checkpoint(segments, from, logStart, end, state);
    return new Loaded(segments, end, now, known.filter(now::equals).isPresent(), state);
  }

  private static PartitionCheckpoint checkpoint(
      List<LogSegment> segments, PartitionCheckpoint from, long logStart, long end, State state) {
    LogSegment active = segments.getLast();
    return new PartitionCheckpoint(
        logStart,
        active.baseOffset(),
        active.sizeBytes(),
        end,
        active.baseOffset() == from.segmentBaseOffset() ? from.activeSinceMillis() : -1,
        !state.producers().isEmpty(),
        from.maySealUnforced(),
        segments.stream().map(LogSegment::baseOffset).toList());
  }

  /** The file is written before the first record: without it, it has been lost. */
  private LeaderEpochs epochs(List<LogSegment> segments) throws IOException {
    String problem;
    try {
      LeaderEpochs epochs = LeaderEpochs.open(storage, directory);
      if (!epochs.isEmpty() || segments.stream().allMatch(one -> one.sizeBytes() == 0)) {
        return epochs;
      }
      problem = LeaderEpochs.FILE_NAME + " is missing";
    } catch (AtomicFile.CorruptException e) {
      problem = e.getMessage();
    }
    LOG.warn("{}. The leader epochs of {} are read from its log.", problem, directory);
    return LeaderEpochs.create(storage, directory, EpochScan.of(segments));
  }

  private Loaded empty(List<LogSegment> segments, Optional<PartitionCheckpoint> known, State state)
      throws IOException {
    if (known.isPresent() && known.get().offset() > 0) {
      throw corrupt(
          "The partition had records up to offset "
              + known.get().offset()
              + ", but no segment is there",
          PartitionCheckpoint.FILE_NAME,
          0);
    }
    // The first record has the leader epochs written before it, and the directory synced with them.
    segments.add(
        state.epochs().isEmpty()
            ? LogSegment.createUnsynced(storage, directory, 0, indexIntervalBytes)
            : LogSegment.create(storage, directory, 0, indexIntervalBytes));
    return new Loaded(segments, 0, PartitionCheckpoint.startingAt(0), false, state);
  }

  private void removeLeftovers(List<Storage.Entry> entries) throws IOException {
    List<String> foreign =
        entries.stream()
            .filter(entry -> PartitionFiles.kindOf(entry) == PartitionFiles.Kind.FOREIGN)
            .map(Storage.Entry::name)
            .sorted()
            .toList();
    if (!foreign.isEmpty()) {
      LOG.warn("{} holds what is not the log's, and stays as it is: {}", directory, foreign);
    }
    for (Storage.Entry entry : entries) {
      if (PartitionFiles.kindOf(entry) == PartitionFiles.Kind.LEFTOVER) {
        storage.delete(directory.resolve(entry.name()));
      }
    }
  }

  /** An interrupted deletion leaves indexes whose log file has gone. */
  private void removeOrphans(List<Storage.Entry> entries) throws IOException {
    Set<String> names = entries.stream().map(Storage.Entry::name).collect(Collectors.toSet());
    for (Storage.Entry entry : entries) {
      if (PartitionFiles.kindOf(entry) == PartitionFiles.Kind.INDEX
          && !names.contains(PartitionFiles.logOfIndex(entry.name()))) {
        storage.delete(directory.resolve(entry.name()));
      }
    }
  }

  private Optional<PartitionCheckpoint> readCheckpoint() throws IOException {
    try {
      return PartitionCheckpoint.read(PartitionCheckpoint.file(storage, directory));
    } catch (AtomicFile.CorruptException e) {
      LOG.warn(
          "{}. All segments of {} are checked instead, and records that had been deleted from their"
              + " first segment are readable again.",
          e.getMessage(),
          directory);
      return Optional.empty();
    }
  }

  private void addSegments(List<LogSegment> segments, List<Storage.Entry> entries)
      throws IOException {
    removeOrphans(entries);
    entries.stream()
        .filter(entry -> SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).isPresent())
        .map(
            entry ->
                LogSegment.existing(
                    storage,
                    directory,
                    SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).orElseThrow(),
                    indexIntervalBytes,
                    entry.sizeBytes()))
        .sorted((a, b) -> Long.compare(a.baseOffset(), b.baseOffset()))
        .forEach(segments::add);
  }

  /**
   * Drops an empty last segment that no checkpoint names: the roll that created it did not
   * complete, and the one before it may have been appended to since.
   */
  private void dropUnusedLast(List<LogSegment> segments, Optional<PartitionCheckpoint> known)
      throws IOException {
    LogSegment last = segments.getLast();
    boolean isNamed = known.filter(from -> from.segments().contains(last.baseOffset())).isPresent();
    if (segments.size() > 1 && last.sizeBytes() == 0 && !isNamed) {
      LogSegment unused = segments.removeLast();
      unused.delete();
      unused.release();
      storage.syncDirectory(directory);
    }
  }

  /** Refuses segments that do not reach as far as the checkpoint says. */
  private void requireDurable(List<LogSegment> segments, PartitionCheckpoint from) {
    requireAll(segments, from);
    for (LogSegment segment : segments) {
      if (segment.baseOffset() == from.segmentBaseOffset()
          && segment.sizeBytes() < from.position()) {
        throw corrupt(
            "The file is shorter than the " + from.position() + " bytes that were durable",
            segment.path().getFileName().toString(),
            segment.sizeBytes());
      }
    }
  }

  /** Refuses a log of which a segment is gone that retention had no reason to delete. */
  private void requireAll(List<LogSegment> segments, PartitionCheckpoint from) {
    Set<Long> found = segments.stream().map(LogSegment::baseOffset).collect(Collectors.toSet());
    List<Long> expected = from.segments();
    for (int i = 0; i < expected.size(); i++) {
      boolean isLast = i == expected.size() - 1;
      boolean isNeeded = isLast || expected.get(i + 1) > from.logStartOffset();
      if (isNeeded && !found.contains(expected.get(i))) {
        throw corrupt(
            "The segment with base offset " + expected.get(i) + " is missing",
            PartitionCheckpoint.FILE_NAME,
            0);
      }
    }
  }

  private StorageException corrupt(String problem, String file, long position) {
    return EndRecovery.corrupt(problem, directory.resolve(file), position);
  }

  private static void close(LogSegment segment, Exception cause) {
    try {
      segment.release();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
