package dev.sluice.log.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.check.Finding.Severity;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What a test can hold of the log that it leaves behind. */
public final class Soundness {

  private Soundness() {}

  /** No record of a partition is missing or unreadable; it may have been interrupted. */
  public static void assertSound(Storage storage, Path partitionDirectory) {
    assertThat(of(LogChecker.check(storage, partitionDirectory), Severity.ERROR)).isEmpty();
  }

  /** As {@link #assertSound}, of all partitions of a data directory. */
  public static void assertAllSound(Storage storage, Path dataDirectory) {
    try {
      CheckReport report = LogChecker.checkAll(storage, dataDirectory, CheckProgress.NONE);
      assertThat(of(report, Severity.ERROR)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There is nothing at all to say about a partition, as after a clean stop. */
  public static void assertFlawless(Storage storage, Path partitionDirectory) {
    assertThat(LogChecker.check(storage, partitionDirectory).findings()).isEmpty();
  }

  private static List<Finding> of(CheckReport report, Severity severity) {
    return report.findings().stream().filter(finding -> finding.severity() == severity).toList();
  }
}
