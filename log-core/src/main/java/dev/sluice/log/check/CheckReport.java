package dev.sluice.log.check;

import dev.sluice.log.check.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** What a check has found, in the order of partitions and files. */
public record CheckReport(List<Finding> findings, Facts facts) {

  /**
   * What was looked at.
   *
   * @param bytes of log files
   */
  public record Facts(int partitions, int segments, long bytes, long batches, long records) {

    static final Facts NONE = new Facts(0, 0, 0, 0, 0);

    Facts plus(Facts other) {
      return new Facts(
          partitions + other.partitions,
          segments + other.segments,
          bytes + other.bytes,
          batches + other.batches,
          records + other.records);
    }
  }

  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** Whether no record is missing or unreadable. */
  public boolean isSound() {
    return count(Severity.ERROR) == 0;
  }

  /** How many findings there are of a severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  CheckReport plus(CheckReport other) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(other.findings);
    return new CheckReport(all, facts.plus(other.facts));
  }
}
