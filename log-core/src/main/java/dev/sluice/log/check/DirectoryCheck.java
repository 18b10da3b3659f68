package dev.sluice.log.check;

import dev.sluice.log.io.Storage;
import dev.sluice.log.recovery.PartitionFiles;
import dev.sluice.log.segment.SegmentNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells the files of a partition apart by name. */
final class DirectoryCheck {

  private final Path directory;
  private final Findings findings;

  DirectoryCheck(Path directory, Findings findings) {
    this.directory = directory;
    this.findings = findings;
  }

  /** The sizes of the log files by base offset; what else is there becomes findings. */
  SortedMap<Long, Long> segments(List<Storage.Entry> entries) {
    SortedMap<Long, Long> segments = new TreeMap<>();
    Set<String> logs = new HashSet<>();
    for (Storage.Entry entry : entries) {
      if (PartitionFiles.kindOf(entry) == PartitionFiles.Kind.LOG) {
        long base = SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).orElseThrow();
        segments.put(base, entry.sizeBytes());
        logs.add(entry.name());
      }
    }
    List<Storage.Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Storage.Entry::name));
    sorted.forEach(entry -> judge(entry, logs));
    return segments;
  }

  private void judge(Storage.Entry entry, Set<String> logs) {
    Path path = directory.resolve(entry.name());
    switch (PartitionFiles.kindOf(entry)) {
      case LEFTOVER ->
          findings.note(
              path,
              0,
              "A leftover of work that was interrupted",
              "Nothing: the next start removes it");
      case INDEX -> {
        if (!logs.contains(PartitionFiles.logOfIndex(entry.name()))) {
          findings.note(
              path, 0, "It belongs to a segment that is not there", "Delete it, if space matters");
        }
      }
      case FOREIGN ->
          findings.warning(path, 0, "It is not the log's", "Move it away; the log leaves it alone");
      case LOG, STATE -> {}
    }
  }
}
