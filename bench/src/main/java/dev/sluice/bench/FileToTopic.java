package dev.sluice.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A file of lines of 100 bytes becomes a topic, durably (flush: ack). The time runs from when the
 * source began the first batch, which is the timestamp of the first record, until the last record
 * is visible, so it has the JVM's warm-up in it. Arguments: how many lines, how many rounds; by
 * default 5,000,000 and 3.
 */
final class FileToTopic {

  private static final int LINE_BYTES = 100;
  private static final double MEGA = 1e6;

  private FileToTopic() {}

  public static void main(String[] args) throws Exception {
    int lines = args.length > 0 ? Integer.parseInt(args[0]) : 5_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Figures.print("file-to-topic: %,d lines of %d bytes, %s", lines, LINE_BYTES, Figures.machine());
    List<Double> rates = new ArrayList<>();
    try (Scratch scratch = Scratch.create()) {
      Path input = Files.createDirectory(scratch.resolve("input"));
      generate(input.resolve("lines.log"), lines);
      for (int round = 1; round <= rounds; round++) {
        rates.add(round(round, input, lines));
      }
    }
    double median = Figures.median(rates);
    Figures.print("median: %,.0f lines/s, %.1f MB/s", median, median * LINE_BYTES / MEGA);
  }

  private static double round(int number, Path input, int lines)
      throws IOException, InterruptedException {
    String load = Figures.load();
    try (Scratch scratch = Scratch.create()) {
      Path config = scratch.resolve("gateway.yaml");
      Files.writeString(config, config(input));
      try (Gateway gateway = Gateway.start(new GatewayOptions(config, scratch.resolve("data")))) {
        Gateway.Seen last = gateway.awaitEnd("lines", lines);
        Duration time = Duration.between(gateway.timestampOf("lines", 0), last.at());
        double rate = Figures.perSecond(lines, time);
        Figures.print(
            "round %d: %,.0f lines/s, %.1f MB/s (%.2f s; %.2f s from the start of the process; %s)",
            number,
            rate,
            rate * LINE_BYTES / MEGA,
            Figures.seconds(time),
            Figures.seconds(last.since(gateway.startedNanos())),
            load);
        return rate;
      }
    }
  }

  private static String config(Path input) {
    return """
        topics:
          lines: {}
        connectors:
          reader:
            source: file
            topic: lines
            config: {path: "%s", format: lines}
        """
        .formatted(input);
  }

  private static void generate(Path file, int lines) throws IOException {
    Random random = new Random(1);
    StringBuilder line = new StringBuilder();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int i = 0; i < lines; i++) {
        line.setLength(0);
        line.append(String.format(Locale.ROOT, "2026-03-02T10:15:30Z INFO [%09d] ", i));
        while (line.length() < LINE_BYTES) {
          line.append((char) ('a' + random.nextInt(26)));
        }
        out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
