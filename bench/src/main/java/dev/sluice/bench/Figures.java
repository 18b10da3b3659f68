package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Medians, rates and the state of the machine, as they are printed. */
public final class Figures {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Path LOAD = Path.of("/proc/loadavg");

  private Figures() {}

  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** So many in such a time, per second. */
  public static double perSecond(long count, Duration time) {
    return count * NANOS_PER_SECOND / time.toNanos();
  }

  public static double seconds(Duration time) {
    return time.toNanos() / NANOS_PER_SECOND;
  }

  public static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** The machine's load averages, since figures of a busy machine mean little. */
  public static String load() throws IOException {
    if (!Files.isReadable(LOAD)) {
      return "load unknown";
    }
    String[] averages = Files.readString(LOAD).split(" ", -1);
    return "load " + averages[0] + " " + averages[1] + " " + averages[2];
  }

  /** Processors, kernel and Java, for the head of a report. */
  public static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " processors, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", Java "
        + Runtime.version();
  }

  /** The machine's memory. */
  public static String memory() throws IOException {
    Path info = Path.of("/proc/meminfo");
    return Files.isReadable(info) ? Files.readAllLines(info).getFirst() : "memory unknown";
  }
}
