package dev.sluice.log.check;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.epoch.LeaderEpochs;
import dev.sluice.log.io.Storage;
import dev.sluice.log.producer.ProducerSnapshot;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.segment.SegmentNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells the files of a partition apart by name. */
final class DirectoryCheck {

  private static final List<String> LEFTOVERS =
      List.of(AtomicFile.TEMPORARY_SUFFIX, SegmentNames.DELETED, ".cleaned", ".swap");

  /** Files of one segment each, useless without its log file. */
  private static final List<String> DERIVED =
      List.of(SegmentNames.OFFSET_INDEX, SegmentNames.TIME_INDEX, TransactionIndex.SUFFIX);

  private static final Set<String> OTHERS =
      Set.of(PartitionCheckpoint.FILE_NAME, LeaderEpochs.FILE_NAME, "partition.metadata");

  private final Path directory;
  private final Findings findings;

  DirectoryCheck(Path directory, Findings findings) {
    this.directory = directory;
    this.findings = findings;
  }

  /** The sizes of the log files by base offset; what else is there becomes findings. */
  SortedMap<Long, Long> segments(List<Storage.Entry> entries) {
    SortedMap<Long, Long> segments = new TreeMap<>();
    for (Storage.Entry entry : entries) {
      if (!entry.isDirectory()) {
        SegmentNames.baseOffset(entry.name(), SegmentNames.LOG)
            .ifPresent(base -> segments.put(base, entry.sizeBytes()));
      }
    }
    entries.stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(entry -> judge(entry, segments.keySet()));
    return segments;
  }

  private void judge(Storage.Entry entry, Set<Long> segments) {
    Path path = directory.resolve(entry.name());
    String name = entry.name();
    if (entry.isDirectory()) {
      foreign(path, "A directory that is not the log's");
    } else if (LEFTOVERS.stream().anyMatch(name::endsWith)) {
      findings.note(
          path, 0, "A leftover of work that was interrupted", "Nothing: the next start removes it");
    } else if (DERIVED.stream().anyMatch(ending -> isOf(name, ending))) {
      if (DERIVED.stream().noneMatch(ending -> isOfOneOf(name, ending, segments))) {
        findings.note(
            path, 0, "It belongs to a segment that is not there", "Delete it, if space matters");
      }
    } else if (!isOf(name, SegmentNames.LOG)
        && !isOf(name, ProducerSnapshot.SUFFIX)
        && !OTHERS.contains(name)) {
      foreign(path, "A file that is not the log's");
    }
  }

  private void foreign(Path path, String problem) {
    findings.warning(path, 0, problem, "Move it away; the log leaves it alone");
  }

  private static boolean isOf(String name, String ending) {
    return SegmentNames.baseOffset(name, ending).isPresent();
  }

  private static boolean isOfOneOf(String name, String ending, Set<Long> segments) {
    return SegmentNames.baseOffset(name, ending).stream().anyMatch(segments::contains);
  }
}
