package dev.sluice.bench.kafka;

import dev.sluice.bench.Figures;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs both sides in turn, row by row, each turn with a server of its own in a directory of its
 * own. Who is first changes from round to round.
 */
final class KafkaFigures {

  private KafkaFigures() {}

  public static void main(String[] arguments) throws Exception {
    Plan plan;
    try {
      plan = Plan.of(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Plan.USAGE);
      System.exit(2);
      return;
    }
    Figures.print(
        "Sluice's broker beside Apache Kafka 4.3.1, %d rounds, %s, %s",
        plan.rounds(), Figures.machine(), Figures.memory());
    try (Report report = Report.create()) {
      for (Plan.Kind kind : plan.rows()) {
        run(Rows.of(kind, plan), plan, report);
      }
      report.print();
    }
  }

  private static void run(Row row, Plan plan, Report report)
      throws IOException, InterruptedException {
    for (int round = 1; round <= plan.rounds(); round++) {
      List<Side> order = Stream.of(Side.values()).filter(plan.sides()::contains).toList();
      for (Side side : round % 2 == 1 ? order : order.reversed()) {
        String load = Figures.load();
        report.add(round, side, row.measure(side), load);
      }
    }
  }
}
