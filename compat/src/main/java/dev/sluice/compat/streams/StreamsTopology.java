package dev.sluice.compat.streams;

import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.StreamJoined;

/**
 * Counts words, joins orders with their payments within a window, and sums a table of balances by
 * region: a repartition topic, window stores and tables with their changelogs.
 */
final class StreamsTopology {

  static final String LINES = "lines";
  static final String COUNTS = "counts";
  static final String ORDERS = "orders";
  static final String PAYMENTS = "payments";
  static final String PAID = "paid";
  static final String BALANCES = "balances";
  static final String REGIONS = "regions";

  private StreamsTopology() {}

  static Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    countWords(builder);
    joinPayments(builder);
    sumRegions(builder);
    return builder.build();
  }

  private static void countWords(StreamsBuilder builder) {
    builder.stream(LINES, Consumed.with(Serdes.String(), Serdes.String()))
        .flatMapValues(line -> Arrays.asList(line.split(" ")))
        .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
        .count()
        .toStream()
        .to(COUNTS, Produced.with(Serdes.String(), Serdes.Long()));
  }

  private static void joinPayments(StreamsBuilder builder) {
    Consumed<String, String> strings = Consumed.with(Serdes.String(), Serdes.String());
    KStream<String, String> payments = builder.stream(PAYMENTS, strings);
    builder.stream(ORDERS, strings)
        .join(
            payments,
            (order, payment) -> order + "+" + payment,
            JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofMinutes(10)),
            StreamJoined.with(Serdes.String(), Serdes.String(), Serdes.String()))
        .to(PAID, Produced.with(Serdes.String(), Serdes.String()));
  }

  /**
   * A balance is {@code region:amount}; the sum follows when an account moves to another region.
   */
  private static void sumRegions(StreamsBuilder builder) {
    builder
        .table(BALANCES, Consumed.with(Serdes.String(), Serdes.String()))
        .groupBy(
            (account, balance) -> {
              int colon = balance.indexOf(':');
              return KeyValue.pair(
                  balance.substring(0, colon), Long.parseLong(balance.substring(colon + 1)));
            },
            Grouped.with(Serdes.String(), Serdes.Long()))
        .aggregate(
            () -> 0L,
            (region, amount, sum) -> sum + amount,
            (region, amount, sum) -> sum - amount,
            Materialized.with(Serdes.String(), Serdes.Long()))
        .toStream()
        .to(REGIONS, Produced.with(Serdes.String(), Serdes.Long()));
  }
}
