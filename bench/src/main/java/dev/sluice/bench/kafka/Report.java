package dev.sluice.bench.kafka;

import dev.sluice.bench.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects every round's figures in a file as they come, and prints the medians at the end. */
final class Report implements AutoCloseable {

  private final Map<Figure, Map<Side, List<Double>>> values = new LinkedHashMap<>();
  private final Path file;
  private final PrintWriter rounds;

  private Report(Path file) throws IOException {
    this.file = file;
    this.rounds = new PrintWriter(Files.newBufferedWriter(file), true);
    rounds.println("round\tside\tfigure\tvalue\tload before");
  }

  static Report create() throws IOException {
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    return new Report(Installation.target().resolve("kafka-figures-" + time + ".tsv"));
  }

  void add(int round, Side side, List<Measured> figures, String load) {
    figures.forEach(
        measured -> {
          Figure figure = measured.figure();
          double value = measured.value();
          boolean unused =
              values
                  .computeIfAbsent(figure, key -> new EnumMap<>(Side.class))
                  .computeIfAbsent(side, key -> new ArrayList<>())
                  .add(value);
          rounds.println(
              round + "\t" + side + "\t" + figure.name() + "\t" + text(value) + "\t" + load);
          Figures.print(
              "round %d: %-6s %s: %s (%s)", round, side, figure.name(), text(value), load);
        });
  }

  /** The table of medians, as README.md has it. */
  void print() {
    Figures.print("");
    Figures.print("| measure | Sluice | Kafka 4.3.1 | ratio | aim |");
    Figures.print("| --- | --- | --- | --- | --- |");
    values.forEach(
        (figure, sides) -> {
          double ours = Figures.median(sides.getOrDefault(Side.SLUICE, List.of(Double.NaN)));
          double theirs = Figures.median(sides.getOrDefault(Side.KAFKA, List.of(Double.NaN)));
          String aim =
              figure
                  .aim()
                  .map(limit -> limit + (limit.isMet(ours, theirs) ? ": met" : ": missed"))
                  .orElse("");
          Figures.print(
              "| %s | %s | %s | %.2f | %s |",
              figure.name(), text(ours), text(theirs), ours / theirs, aim);
        });
    Figures.print("");
    Figures.print("All rounds: %s", file);
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  @Override
  public void close() {
    rounds.close();
  }
}
