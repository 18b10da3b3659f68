package dev.sluice.bench.log;

import dev.sluice.bench.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One line of a table: a JMH benchmark, run in this JVM for both engines in turn, round by round.
 *
 * @param what for people
 * @param benchmark class and method
 * @param parameters for both
 * @param windows of Sluice's appends under way, each a line of its own; empty if that means nothing
 */
record JmhRow(
    String what,
    String benchmark,
    Map<String, String> parameters,
    int threads,
    List<Integer> windows) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int NO_WINDOW = 0;

  /** What one contender reached, round by round. */
  private static final class Scores {

    private final List<Double> operations = new ArrayList<>();
    private final List<Double> cpuNanos = new ArrayList<>();
    private final List<Double> allocated = new ArrayList<>();

    void add(RunResult result) {
      operations.add(result.getPrimaryResult().getScore());
      cpuNanos.add(secondary(result, CpuProfiler.RESULT));
      allocated.add(secondary(result, ALLOCATED));
    }

    private static double secondary(RunResult result, String name) {
      Result<?> found = result.getSecondaryResults().get(name);
      return found == null ? Double.NaN : found.getScore();
    }
  }

  static JmhRow read(String what, String benchmark, Map<String, String> parameters) {
    return new JmhRow(what, benchmark, parameters, 1, List.of());
  }

  static void printHead() {
    Figures.print(
        "%-46s| %-27s| %-26s| %-26s",
        "", "operations/s", "processor ns/operation", "bytes allocated/operation");
    Figures.print(
        "%-46s| %10s %10s %5s| %9s %9s %6s| %9s %9s %6s",
        "", "Sluice", "Kafka", "S/K", "Sluice", "Kafka", "S/K", "Sluice", "Kafka", "S/K");
  }

  void measure(Plan plan) throws RunnerException {
    Scores kafka = new Scores();
    List<Scores> sluice = new ArrayList<>();
    List<Integer> variants = windows.isEmpty() ? List.of(NO_WINDOW) : windows;
    variants.forEach(window -> sluice.add(new Scores()));
    for (int round = 0; round <= plan.rounds(); round++) {
      boolean isCounted = round > 0; // The first one is for the compiler.
      for (int i = 0; i < variants.size(); i++) {
        Scores scores = isCounted ? sluice.get(i) : new Scores();
        run(plan, Engine.Kind.SLUICE, variants.get(i), scores);
      }
      Scores scores = isCounted ? kafka : new Scores();
      run(plan, Engine.Kind.KAFKA, windows.isEmpty() ? NO_WINDOW : 1, scores);
    }
    for (int i = 0; i < variants.size(); i++) {
      print(what + suffix(variants.get(i)), sluice.get(i), kafka);
    }
  }

  private static String suffix(int window) {
    return switch (window) {
      case NO_WINDOW -> "";
      case 1 -> ", one at a time";
      default -> ", " + window + " under way";
    };
  }

  private static void print(String line, Scores sluice, Scores kafka) {
    double ours = Figures.median(sluice.operations);
    double theirs = Figures.median(kafka.operations);
    double ourNanos = Figures.median(sluice.cpuNanos);
    double theirNanos = Figures.median(kafka.cpuNanos);
    double ourBytes = Figures.median(sluice.allocated);
    double theirBytes = Figures.median(kafka.allocated);
    Figures.print(
        "%-46s| %,10.0f %,10.0f %5.2f| %,9.0f %,9.0f %6.2f| %,9.0f %,9.0f %6.2f",
        line,
        ours,
        theirs,
        ours / theirs,
        ourNanos,
        theirNanos,
        ourNanos / theirNanos,
        ourBytes,
        theirBytes,
        ourBytes / theirBytes);
  }

  private void run(Plan plan, Engine.Kind engine, int window, Scores scores)
      throws RunnerException {
    TimeValue time = TimeValue.milliseconds(plan.iterationMillis());
    var options =
        new OptionsBuilder()
            .include("\\." + benchmark.replace(".", "\\.") + "$")
            .forks(0)
            .threads(threads)
            .warmupIterations(1)
            .warmupTime(time)
            .measurementIterations(1)
            .measurementTime(time)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .param("engine", engine.name());
    parameters.forEach(options::param);
    if (window != NO_WINDOW) {
      options.param("window", Integer.toString(window));
    }
    for (RunResult result : new Runner(options.build()).run()) {
      scores.add(result);
    }
  }
}
