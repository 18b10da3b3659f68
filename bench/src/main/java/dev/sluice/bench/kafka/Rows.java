package dev.sluice.bench.kafka;

import dev.sluice.bench.kafka.ProduceRow.Load;
import dev.sluice.bench.kafka.Topics.Durability;

/** The rows of a plan. */
final class Rows {

  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 1000;

  private Rows() {}

  static Row of(Plan.Kind kind, Plan plan) {
    return switch (kind) {
      case PRODUCE_SMALL ->
          produce(
              new Load(plan.records(10_000_000), SMALL_BYTES, 1, "1", Durability.PAGE_CACHE, true),
              Figure.of(
                  "produce 100 B, acks=1, 1 partition, records/s", Aim.Kind.RATIO_AT_LEAST, 1.5));
      case PRODUCE_LARGE ->
          produce(
              new Load(
                  plan.records(2_000_000), LARGE_BYTES, 6, "all", Durability.PAGE_CACHE, false),
              Figure.of(
                  "produce 1 KB, acks=all, 6 partitions, MB/s", Aim.Kind.RATIO_AT_LEAST, 1.5));
      case PRODUCE_DURABLE ->
          produce(
              new Load(plan.records(500_000), LARGE_BYTES, 6, "all", Durability.DISK, false),
              Figure.of(
                  "produce 1 KB, acks=all, 6 partitions, durable, MB/s",
                  Aim.Kind.RATIO_AT_LEAST,
                  4));
      case CPU -> new CpuRow(plan.records(2_000_000));
      case CONSUME -> new ConsumeRow(plan.records(10_000_000));
      case LATENCY -> new LatencyRow(plan.records(20_000));
      case START -> new StartRow();
      case MEMORY -> new MemoryRow(plan.records(5_000_000));
    };
  }

  private static Row produce(Load load, Figure rate) {
    return new ProduceRow(
        load,
        rate,
        Figure.told(
            "server CPU s per GB from a cold start: " + rate.name().replaceFirst(", [^,]*$", "")));
  }
}
