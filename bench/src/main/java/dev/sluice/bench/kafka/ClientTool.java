package dev.sluice.bench.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka's own client programs, the same for both sides, each in a JVM of its own with the options
 * that their scripts give them.
 */
final class ClientTool {

  private static final List<String> OPTIONS =
      List.of(
          "-Xmx512M",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Djava.awt.headless=true",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  private static final String TOOLS = "org.apache.kafka.tools.";

  private static final Pattern STEADY =
      Pattern.compile(
          "(?m)^\\d+ steady state records sent, ([\\d.]+) records/sec \\(([\\d.]+) MB/sec\\).*");

  private static final Pattern PERCENTILES =
      Pattern.compile("(?m)^Percentiles: 50th = (\\d+), 99th = (\\d+).*");

  private ClientTool() {}

  /**
   * What a producer reached after its warm-up, in which both JVMs translate their code.
   *
   * @param mebibytesPerSecond of record values
   */
  record Produced(double recordsPerSecond, double mebibytesPerSecond) {}

  /** Runs ProducerPerformance; the first quarter of the records is warm-up. */
  static Produced produce(String servers, String topic, int records, int bytes, String acks)
      throws IOException, InterruptedException {
    Matcher steady =
        find(
            STEADY,
            runMain(
                OPTIONS,
                TOOLS + "ProducerPerformance",
                List.of(
                    "--bootstrap-server",
                    servers,
                    "--topic",
                    topic,
                    "--num-records",
                    Integer.toString(records),
                    "--warmup-records",
                    Integer.toString(records / 4),
                    "--record-size",
                    Integer.toString(bytes),
                    "--throughput",
                    "-1",
                    "--command-property",
                    "acks=" + acks)));
    return new Produced(Double.parseDouble(steady.group(1)), Double.parseDouble(steady.group(2)));
  }

  /**
   * Runs ConsumerPerformance from the beginning of a topic.
   *
   * @return records per second, the time without that for joining the group
   */
  static double consume(String servers, String topic, int records)
      throws IOException, InterruptedException {
    String output =
        runMain(
            OPTIONS,
            TOOLS + "ConsumerPerformance",
            List.of(
                "--bootstrap-server",
                servers,
                "--topic",
                topic,
                "--num-records",
                Integer.toString(records),
                "--hide-header"));
    String[] columns = output.strip().lines().toList().getLast().split(",\\s*", -1);
    if (columns.length < 10 || Long.parseLong(columns[4]) < records) {
      throw new IOException("Not all " + records + " records were consumed: " + output);
    }
    return Double.parseDouble(columns[9]);
  }

  /**
   * From a record's send to its arrival, as EndToEndLatency tells it.
   *
   * @param medianMillis whole milliseconds, rounded down
   * @param p99Millis the same
   */
  record Latency(double medianMillis, double p99Millis) {}

  static Latency latency(String servers, String topic, int records)
      throws IOException, InterruptedException {
    Matcher percentiles =
        find(
            PERCENTILES,
            runMain(
                OPTIONS,
                TOOLS + "EndToEndLatency",
                List.of(
                    "--bootstrap-server",
                    servers,
                    "--topic",
                    topic,
                    "--num-records",
                    Integer.toString(records),
                    "--producer-acks",
                    "1",
                    "--record-size",
                    "100")));
    return new Latency(
        Double.parseDouble(percentiles.group(1)), Double.parseDouble(percentiles.group(2)));
  }

  private static Matcher find(Pattern pattern, String output) throws IOException {
    Matcher found = pattern.matcher(output);
    if (!found.find()) {
      throw new IOException("A tool did not tell what it measured: " + output);
    }
    return found;
  }

  /**
   * Runs a program of Kafka's to its end.
   *
   * @return what it printed
   * @throws IOException if it failed
   */
  static String runMain(List<String> options, String main, List<String> arguments)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Installation.kafka(options, main, arguments))
            .redirectErrorStream(true)
            .start();
    Children.add(process);
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(lines::add);
      if (process.waitFor() != 0) {
        throw new IOException(main + " failed: " + String.join("\n", lines));
      }
    } finally {
      process.destroyForcibly();
      Children.remove(process);
    }
    return String.join("\n", lines);
  }
}
