package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Medians, rates and the state of the machine, as they are printed. */
final class Figures {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Path LOAD = Path.of("/proc/loadavg");

  private Figures() {}

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** So many in such a time, per second. */
  static double perSecond(long count, Duration time) {
    return count * NANOS_PER_SECOND / time.toNanos();
  }

  static double seconds(Duration time) {
    return time.toNanos() / NANOS_PER_SECOND;
  }

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** The machine's load averages, since figures of a busy machine mean little. */
  static String load() throws IOException {
    if (!Files.isReadable(LOAD)) {
      return "load unknown";
    }
    String[] averages = Files.readString(LOAD).split(" ", -1);
    return "load " + averages[0] + " " + averages[1] + " " + averages[2];
  }

  /** Processors and Java, for the head of a report. */
  static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " processors, "
        + System.getProperty("os.name")
        + ", Java "
        + Runtime.version();
  }
}
