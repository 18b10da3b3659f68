package dev.sluice.gateway.boot;

import dev.sluice.log.check.DumpOptions;
import dev.sluice.log.check.LogDump;
import dev.sluice.log.io.DiskStorage;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice log dump}: prints what is in a partition's files. */
@Command(
    name = "dump",
    description = "Print the batches of a partition or of one of its files, and its records.",
    mixinStandardHelpOptions = true)
final class LogDumpCommand implements Callable<Integer> {

  @Parameters(
      arity = "1",
      paramLabel = "DIR|FILE",
      description = "A partition's directory, or a file in it: .log, .index or .timeindex.")
  private Path path = Path.of("");

  @Option(names = "--records", description = "Print each record too.")
  private boolean records;

  @Option(names = "--index", description = "Print the indexes too.")
  private boolean indexes;

  @Option(
      names = "--from",
      paramLabel = "OFFSET",
      defaultValue = "0",
      description = "Leave out what is before; 0 by default.")
  private long from;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      description = "Stop after so many batches, or records with --records; by default don't.")
  private long limit;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "200",
      description = "Cut keys, values and headers after so many bytes; 200 by default.")
  private int maxBytes;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (from < 0 || limit < 0 || maxBytes < 0) {
      throw misuse("Numbers must not be negative");
    }
    PrintWriter out = spec.commandLine().getOut();
    Storage storage = new DiskStorage();
    LogDump dump =
        new LogDump(
            storage,
            new DumpOptions(records, indexes, from, limit, maxBytes),
            new UnbrokenPipe(out));
    try {
      dump(storage, dump);
      return 0;
    } catch (UnbrokenPipe.BrokenException e) {
      return 0; // Whoever read has seen enough.
    } catch (IOException e) {
      throw misuse(path + " can't be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    } finally {
      out.flush();
    }
  }

  private void dump(Storage storage, LogDump dump) throws IOException {
    if (!Files.isDirectory(path)) {
      dump.file(path);
    } else if (LogPlace.of(storage, path) == LogPlace.PARTITION) {
      dump.partition(path);
    } else {
      throw misuse(path + " is not the directory of one partition");
    }
  }

  private ParameterException misuse(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  /** Notices now and then that nobody reads any more, which a print writer keeps to itself. */
  private static final class UnbrokenPipe implements Appendable {

    private static final int APPENDS_BETWEEN_CHECKS = 1000;

    /** Nobody reads. */
    static final class BrokenException extends IOException {
      private static final long serialVersionUID = 1L;
    }

    private final PrintWriter out;
    private int appends;

    UnbrokenPipe(PrintWriter out) {
      this.out = out;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
      out.append(text);
      if (++appends % APPENDS_BETWEEN_CHECKS == 0 && out.checkError()) {
        throw new BrokenException();
      }
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
      return append(text.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) throws IOException {
      return append(String.valueOf(c));
    }
  }
}
