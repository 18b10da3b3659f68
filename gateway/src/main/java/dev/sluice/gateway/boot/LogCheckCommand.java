package dev.sluice.gateway.boot;

import dev.sluice.log.check.CheckReport;
import dev.sluice.log.check.CheckReport.Facts;
import dev.sluice.log.check.Finding;
import dev.sluice.log.check.Finding.Severity;
import dev.sluice.log.check.LogChecker;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice log check}: reads everything, reports what is wrong. */
@Command(
    name = "check",
    description = {
      "Read every record on disk and report what is wrong: damaged bytes, missing segments, indexes"
          + " that disagree with the log, files that don't belong there.",
      "Ends with 0 if no record is missing or unreadable, with 1 if some are."
    },
    mixinStandardHelpOptions = true)
final class LogCheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "1",
      paramLabel = "DIR",
      description = "A data directory, or the directory of one partition in it.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CheckReport report;
    try (ProgressLine progress = ProgressLine.onTerminal(err)) {
      report = check(new DiskStorage(), err, progress);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw misuse("There is no directory " + directory);
    } catch (IOException e) {
      throw misuse(directory + " can't be read: " + e.getMessage());
    }
    report.findings().forEach(finding -> out.println(words(finding)));
    out.println(summary(report));
    return report.isSound() ? 0 : 1;
  }

  private CheckReport check(Storage storage, PrintWriter err, ProgressLine progress)
      throws IOException {
    LogPlace place = LogPlace.of(storage, directory);
    place.inUse(storage, directory).ifPresent(err::println);
    err.flush();
    return switch (place) {
      case PARTITION -> LogChecker.check(storage, directory, progress);
      case DATA_DIRECTORY -> LogChecker.checkAll(storage, directory, progress);
      case OTHER ->
          throw misuse(directory + " is neither a data directory nor that of a partition");
    };
  }

  private ParameterException misuse(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private static String words(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT)
        + ": "
        + finding.file()
        + ", byte "
        + finding.position()
        + ": "
        + finding.problem()
        + ". "
        + finding.cure()
        + ".";
  }

  private static String summary(CheckReport report) {
    Facts facts = report.facts();
    List<String> verdict = new ArrayList<>();
    if (report.isSound()) {
      verdict.add("sound");
    }
    for (Severity severity : Severity.values()) {
      long count = report.count(severity);
      if (count > 0) {
        verdict.add(Quantities.of(count, severity.name().toLowerCase(Locale.ROOT)));
      }
    }
    return Quantities.of(facts.partitions(), "partition")
        + ", "
        + Quantities.of(facts.segments(), "segment")
        + ", "
        + Quantities.bytes(facts.bytes())
        + ", "
        + Quantities.of(facts.records(), "record")
        + ": "
        + String.join(", ", verdict);
  }
}
