package dev.sluice.log.recovery;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.checkpoint.PartitionCheckpoint;
import dev.sluice.log.compaction.CompactionProgress;
import dev.sluice.log.compaction.SegmentSwap;
import dev.sluice.log.epoch.LeaderEpochs;
import dev.sluice.log.io.Storage;
import dev.sluice.log.producer.ProducerSnapshot;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.segment.SegmentNames;
import java.util.List;
import java.util.Set;

/** What there may be in a partition's directory, by name. */
public final class PartitionFiles {

  /** What an entry is. */
  public enum Kind {
    /** A segment's log file. */
    LOG,
    /** Derived from the log file of the same name. */
    INDEX,
    /** Something else that the log keeps. */
    STATE,
    /** Of work that was interrupted; removed by the next start. */
    LEFTOVER,
    /** Nothing that the log has put there. */
    FOREIGN
  }

  private static final List<String> LEFTOVERS =
      List.of(AtomicFile.TEMPORARY_SUFFIX, SegmentNames.DELETED);
  private static final List<String> INDEXES =
      List.of(SegmentNames.OFFSET_INDEX, SegmentNames.TIME_INDEX, TransactionIndex.SUFFIX);
  private static final Set<String> OTHERS =
      Set.of(
          PartitionCheckpoint.FILE_NAME,
          LeaderEpochs.FILE_NAME,
          CompactionProgress.FILE_NAME,
          SegmentSwap.INTENT_FILE);

  private PartitionFiles() {}

  /** What an entry is. */
  public static Kind kindOf(Storage.Entry entry) {
    String name = entry.name();
    if (entry.isDirectory()) {
      return name.equals(SegmentSwap.DIRECTORY) ? Kind.LEFTOVER : Kind.FOREIGN;
    }
    if (SegmentNames.baseOffset(name, SegmentNames.LOG).isPresent()) {
      return Kind.LOG;
    }
    if (LEFTOVERS.stream().anyMatch(name::endsWith)) {
      return Kind.LEFTOVER;
    }
    if (INDEXES.stream().anyMatch(ending -> SegmentNames.baseOffset(name, ending).isPresent())) {
      return Kind.INDEX;
    }
    boolean isState =
        OTHERS.contains(name) || SegmentNames.baseOffset(name, ProducerSnapshot.SUFFIX).isPresent();
    return isState ? Kind.STATE : Kind.FOREIGN;
  }

  /** The name of the log file that an index is of. */
  public static String logOfIndex(String index) {
    return index.substring(0, index.indexOf('.')) + SegmentNames.LOG;
  }
}
