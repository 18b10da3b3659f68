package dev.sluice.bench.log;

import dev.sluice.bench.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The log's figures beside Kafka's. Arguments: {@code append}, {@code read}, {@code recovery},
 * {@code open}, {@code flat}, {@code disk} or {@code all}; and {@code --short} or {@code --full}.
 */
final class LogFigures {

  private static final List<Integer> WINDOWS = List.of(64, 1);

  private LogFigures() {}

  public static void main(String[] arguments) throws Exception {
    String what = arguments.length > 0 ? arguments[0] : "all";
    Plan plan = Plan.of(arguments);
    Figures.print(
        "log %s: %s, %s, %d rounds, %s",
        what, Figures.machine(), Figures.memory(), plan.rounds(), Figures.load());
    boolean isAll = what.equals("all");
    if (isAll || what.equals("append")) {
      measure(plan, appends());
    }
    if (isAll || what.equals("read")) {
      measure(plan, reads(plan));
    }
    if (isAll || what.equals("recovery")) {
      OpenFigures.recovery(plan);
    }
    if (isAll || what.equals("open")) {
      OpenFigures.open(plan);
    }
    if (isAll || what.equals("flat")) {
      LargeFigures.flat(plan);
    }
    if (isAll || what.equals("disk")) {
      LargeFigures.disk(plan);
    }
    Figures.print("at the end: %s", Figures.load());
  }

  private static void measure(Plan plan, List<JmhRow> rows) throws RunnerException {
    JmhRow.printHead();
    for (JmhRow row : rows) {
      row.measure(plan);
    }
  }

  private static List<JmhRow> appends() {
    List<JmhRow> rows = new ArrayList<>();
    for (int threads : List.of(1, 8)) {
      for (int records : List.of(1, 10, 100)) {
        for (int bytes : List.of(100, 1024)) {
          rows.add(append(records, bytes, threads, "NONE", false));
        }
      }
    }
    rows.add(append(100, 1024, 1, "LZ4", false));
    rows.add(append(1, 1024, 32, "NONE", true));
    return rows;
  }

  private static JmhRow append(
      int records, int bytes, int threads, String compression, boolean forceEach) {
    return new JmhRow(
        String.format(
            "append %dx%d%s%s, %d threads",
            records,
            bytes,
            compression.equals("NONE") ? "" : " " + compression,
            forceEach ? " fsync" : "",
            threads),
        "AppendBenchmark.append",
        Map.of(
            "records", Integer.toString(records),
            "recordBytes", Integer.toString(bytes),
            "compression", compression,
            "forceEach", Boolean.toString(forceEach)),
        threads,
        forceEach ? List.of(1) : WINDOWS);
  }

  private static List<JmhRow> reads(Plan plan) {
    String megabytes = Integer.toString(plan.readMegabytes());
    Map<String, String> small = Map.of("recordBytes", "100", "megabytes", megabytes);
    Map<String, String> large = Map.of("recordBytes", "1024", "megabytes", megabytes);
    return List.of(
        JmhRow.read("fetch 1 MiB and decode, records of 100", "ReadBenchmark.records", small),
        JmhRow.read("fetch 1 MiB and decode, records of 1024", "ReadBenchmark.records", large),
        JmhRow.read("regions of 1 MiB in order", "ReadBenchmark.regions", large),
        JmhRow.read("region of 64 KiB at a random offset", "ReadBenchmark.randomRegion", large),
        JmhRow.read("record of 100 at a random offset", "ReadBenchmark.random", small),
        JmhRow.read("record of 1024 at a random offset", "ReadBenchmark.random", large),
        JmhRow.read("first record at a random time", "ReadBenchmark.time", large),
        JmhRow.read(
            "newest batch beside appends", "TailBenchmark.newest", Map.of("recordBytes", "1024")));
  }
}
