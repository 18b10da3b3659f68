package dev.sluice.log.check;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.check.CheckReport.Facts;
import dev.sluice.log.io.Storage;
import dev.sluice.log.manager.DataDirectory;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Checks partitions by reading everything that they have on disk, and changes nothing. Of a log
 * that is being written to, the last batches may look interrupted.
 */
public final class LogChecker {

  private LogChecker() {}

  /**
   * Checks one partition. What can't be read is a finding.
   *
   * @param partitionDirectory the directory with its segments
   */
  public static CheckReport check(Storage storage, Path partitionDirectory) {
    return new PartitionCheck(storage, partitionDirectory).run(bytes -> {});
  }

  /** As {@link #check(Storage, Path)}, telling how far it is. */
  public static CheckReport check(
      Storage storage, Path partitionDirectory, CheckProgress progress) {
    LongConsumer advanced = counted(progress, logBytes(storage, partitionDirectory));
    return new PartitionCheck(storage, partitionDirectory).run(advanced);
  }

  /**
   * Checks all partitions of a data directory, as many at a time as there are processors.
   *
   * @throws IOException if a directory can't be listed
   * @throws StorageException {@code INTERRUPTED}
   */
  public static CheckReport checkAll(Storage storage, Path dataDirectory, CheckProgress progress)
      throws IOException {
    Findings findings = new Findings(dataDirectory);
    List<Path> partitions = new ArrayList<>();
    List<Storage.Entry> entries = new ArrayList<>(storage.list(dataDirectory));
    entries.sort(Comparator.comparing(Storage.Entry::name));
    for (Storage.Entry entry : entries) {
      Path path = dataDirectory.resolve(entry.name());
      switch (DataDirectory.kindOf(entry)) {
        case PARTITION -> partitions.add(path);
        case DELETED ->
            findings.note(path, 0, "A deleted partition", "Nothing: the next start removes it");
        case FOREIGN -> foreign(findings, path, entry.isDirectory());
        case LOCK -> {}
      }
    }
    CheckReport report = new CheckReport(findings.list(), Facts.NONE);
    for (CheckReport partition : inParallel(storage, partitions, progress)) {
      report = report.plus(partition);
    }
    return report;
  }

  /** Sources and sinks may be told to keep a directory of their own beside the partitions. */
  private static void foreign(Findings findings, Path path, boolean isDirectory) {
    String cure = "Move it away, unless something else wants it there; the log leaves it alone";
    if (isDirectory) {
      findings.note(path, 0, "A directory that is not the log's", cure);
    } else {
      findings.warning(path, 0, "A file that is not the log's", cure);
    }
  }

  private static List<CheckReport> inParallel(
      Storage storage, List<Path> partitions, CheckProgress progress) {
    long total = 0;
    for (Path partition : partitions) {
      total += logBytes(storage, partition);
    }
    LongConsumer advanced = counted(progress, total);
    List<Callable<CheckReport>> checks = new ArrayList<>();
    for (Path partition : partitions) {
      checks.add(() -> new PartitionCheck(storage, partition).run(advanced));
    }
    List<CheckReport> reports = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Future<CheckReport> done : threads.invokeAll(checks)) {
        reports.add(done.get());
      }
      return reports;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A check failed in an unforeseen way", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          Code.INTERRUPTED, "Interrupted while partitions were checked", "Check again", e);
    }
  }

  private static LongConsumer counted(CheckProgress progress, long total) {
    AtomicLong done = new AtomicLong();
    return bytes -> progress.advanced(done.addAndGet(bytes), total);
  }

  /** For progress only: a directory that can't be listed counts as empty here. */
  private static long logBytes(Storage storage, Path partition) {
    try {
      return storage.list(partition).stream()
          .filter(entry -> SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).isPresent())
          .mapToLong(Storage.Entry::sizeBytes)
          .sum();
    } catch (IOException e) {
      return 0; // The check itself makes it a finding.
    }
  }
}
