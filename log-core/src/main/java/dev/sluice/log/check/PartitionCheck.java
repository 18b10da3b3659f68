package dev.sluice.log.check;

import dev.sluice.log.check.CheckReport.Facts;
import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.io.Storage;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/** Checks one partition's directory. Used once. */
final class PartitionCheck {

  private static final String BACKUP =
      "Restore the partition's directory from a backup or a replica";

  private static final int MAX_ATTEMPTS = 10;

  private final Storage storage;
  private final Path directory;
  private final Path checkpointPath;
  private final Findings findings;
  private boolean isCheckpointDamaged;

  PartitionCheck(Storage storage, Path directory) {
    this.storage = storage;
    this.directory = directory;
    this.checkpointPath = directory.resolve(PartitionCheckpoint.FILE_NAME);
    this.findings = new Findings(directory);
  }

  CheckReport run(LongConsumer progress) {
    try {
      Optional<PartitionCheckpoint> checkpoint = readCheckpoint();
      List<Storage.Entry> entries = storage.list(directory);
      // A running log may have moved on in between: what is compared must be of one moment.
      for (int i = 0; i < MAX_ATTEMPTS; i++) {
        Optional<PartitionCheckpoint> again = readCheckpoint();
        if (again.equals(checkpoint)) {
          break;
        }
        checkpoint = again;
        entries = storage.list(directory);
      }
      return check(checkpoint, entries, progress);
    } catch (IOException e) {
      findings.error(
          directory, 0, "It can't be read: " + e.getMessage(), "Check permissions and the disk");
      return new CheckReport(findings.list(), Facts.NONE);
    }
  }

  private CheckReport check(
      Optional<PartitionCheckpoint> checkpoint, List<Storage.Entry> entries, LongConsumer progress)
      throws IOException {
    if (isCheckpointDamaged) {
      findings.warning(
          checkpointPath,
          0,
          "It is damaged",
          "Nothing: the next start checks all segments and writes it anew; records that had been"
              + " deleted from the first segment are readable again then");
    }
    SortedMap<Long, Long> segments = new DirectoryCheck(directory, findings).segments(entries);
    checkpoint.ifPresent(known -> compare(known, segments));
    Scope scope = new Scope(storage, directory, checkpoint, findings, progress);
    StateCheck state = new StateCheck(scope);
    state.snapshots(entries.stream().map(Storage.Entry::name).sorted().toList());
    Facts facts = walk(segments, scope, state);
    return new CheckReport(findings.list(), facts);
  }

  private Facts walk(SortedMap<Long, Long> segments, Scope scope, StateCheck state) {
    LogOrder order = new LogOrder(scope);
    BatchCheck batches = new BatchCheck(findings);
    SegmentCheck.Walk walk = new SegmentCheck.Walk(order, batches, state);
    long batchCount = 0;
    long bytes = 0;
    for (Map.Entry<Long, Long> segment : segments.entrySet()) {
      long base = segment.getKey();
      if (isBehindLost(base, segments.headMap(base), scope, order)) {
        break;
      }
      boolean mayBeCut = base == segments.lastKey() || scope.maySealUnforced(base);
      batchCount += new SegmentCheck(scope, walk, base, segment.getValue(), mayBeCut).run();
      bytes += segment.getValue();
    }
    order.finish();
    scope
        .checkpoint()
        .filter(known -> known.logStartOffset() > order.nextOffset() && !segments.isEmpty())
        .ifPresent(
            known ->
                findings.warning(
                    checkpointPath,
                    0,
                    "The log starts at offset "
                        + known.logStartOffset()
                        + ", behind its end at "
                        + order.nextOffset(),
                    "Nothing: the next start lets it start at its end"));
    return new Facts(1, segments.size(), bytes, batchCount, batches.records());
  }

  /** Whether records right before a segment were lost because they had not been forced. */
  private boolean isBehindLost(
      long base, SortedMap<Long, Long> before, Scope scope, LogOrder order) {
    if (before.isEmpty()
        || !scope.maySealUnforced(before.lastKey())
        || order.nextOffset() >= base) {
      return false;
    }
    findings.warning(
        SegmentNames.path(directory, base, SegmentNames.LOG),
        0,
        "Records before it, from offset "
            + order.nextOffset()
            + " on, were not durable when the last process ended, and are lost",
        "Nothing: the next start drops this segment and those behind it");
    return true;
  }

  private Optional<PartitionCheckpoint> readCheckpoint() throws IOException {
    try {
      isCheckpointDamaged = false;
      return PartitionCheckpoint.read(PartitionCheckpoint.file(storage, directory));
    } catch (AtomicFile.CorruptException e) {
      isCheckpointDamaged = true;
      return Optional.empty();
    }
  }

  /** Whether the files reach as far as the checkpoint says. */
  private void compare(PartitionCheckpoint known, SortedMap<Long, Long> segments) {
    if (segments.isEmpty()) {
      if (known.offset() > 0) {
        findings.error(
            checkpointPath,
            0,
            "The partition had records up to offset " + known.offset() + ", but has no segment",
            BACKUP);
      }
      return;
    }
    if (segments.firstKey() > known.logStartOffset()) {
      findings.error(
          checkpointPath,
          0,
          "The log starts at offset "
              + known.logStartOffset()
              + ", but the first segment begins at "
              + segments.firstKey(),
          BACKUP);
    }
    missing(known, segments.keySet())
        .forEach(
            base ->
                findings.error(
                    checkpointPath,
                    0,
                    "The segment with base offset " + base + " is missing",
                    BACKUP));
    Long size = segments.get(known.segmentBaseOffset());
    if (size != null && size < known.position()) {
      findings.error(
          SegmentNames.path(directory, known.segmentBaseOffset(), SegmentNames.LOG),
          size,
          "The file is shorter than the " + known.position() + " bytes that were durable",
          BACKUP);
    }
  }

  /** Segments that there were and that the log start does not let go. */
  private static List<Long> missing(PartitionCheckpoint known, Set<Long> found) {
    List<Long> missing = new ArrayList<>();
    List<Long> expected = known.segments();
    for (int i = 0; i < expected.size(); i++) {
      boolean isLast = i == expected.size() - 1;
      boolean isNeeded = isLast || expected.get(i + 1) > known.logStartOffset();
      if (isNeeded && !found.contains(expected.get(i))) {
        missing.add(expected.get(i));
      }
    }
    return missing;
  }
}
