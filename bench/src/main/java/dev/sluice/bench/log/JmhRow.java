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

  /** What one contender reached, round by round. */
  private record Scores(List<Double> operations, List<Double> allocated) {
    Scores() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  static JmhRow read(String what, String benchmark, Map<String, String> parameters) {
    return new JmhRow(what, benchmark, parameters, 1, List.of());
  }

  static void printHead() {
    Figures.print(
        "%-52s %12s %12s %6s  %10s %10s %6s",
        "operations/s, bytes allocated per operation",
        "Sluice",
        "Kafka",
        "ratio",
        "B Sluice",
        "B Kafka",
        "ratio");
  }

  void measure(Plan plan) throws RunnerException {
    Scores kafka = new Scores();
    List<Scores> sluice = new ArrayList<>();
    List<Integer> variants = windows.isEmpty() ? List.of(0) : windows;
    variants.forEach(window -> sluice.add(new Scores()));
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < variants.size(); i++) {
        run(plan, Engine.Kind.SLUICE, variants.get(i), sluice.get(i));
      }
      run(plan, Engine.Kind.KAFKA, windows.isEmpty() ? 0 : 1, kafka);
    }
    for (int i = 0; i < variants.size(); i++) {
      print(variants.get(i), sluice.get(i), kafka);
    }
  }

  private void print(int window, Scores sluice, Scores kafka) {
    String suffix =
        window == 0 ? "" : window == 1 ? ", waiting for each" : ", " + window + " under way";
    double ours = Figures.median(sluice.operations);
    double theirs = Figures.median(kafka.operations);
    double ourBytes = Figures.median(sluice.allocated);
    double theirBytes = Figures.median(kafka.allocated);
    Figures.print(
        "%-52s %,12.0f %,12.0f %6.2f  %,10.0f %,10.0f %6.2f",
        what + suffix, ours, theirs, ours / theirs, ourBytes, theirBytes, ourBytes / theirBytes);
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
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .param("engine", engine.name());
    parameters.forEach(options::param);
    if (window > 0) {
      options.param("window", Integer.toString(window));
    }
    for (RunResult result : new Runner(options.build()).run()) {
      scores.operations.add(result.getPrimaryResult().getScore());
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      scores.allocated.add(allocated == null ? Double.NaN : allocated.getScore());
    }
  }
}
