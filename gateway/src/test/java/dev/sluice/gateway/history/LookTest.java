package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LookTest {

  private static final Series ORDERS = Series.of(Kind.TOPIC_RECORDS, "orders");
  private static final Series ALL = Series.of(Kind.RECORDS);
  private static final Counter FIRST = new Counter(ORDERS, 0);
  private static final Counter SECOND = new Counter(ORDERS, 1);

  private static Look look(long time, Map<Counter, Long> totals) {
    TreeSet<Series> amounts = new TreeSet<>();
    amounts.add(ALL);
    totals.keySet().forEach(counter -> amounts.add(counter.series()));
    return new Look(time, new TreeMap<>(), amounts, totals, 0);
  }

  private static long amount(Look before, Look after, Series series) {
    Frame frame = after.remembering(before).since(before);
    return frame.points().getOrDefault(series, Frame.Point.of(-1)).value();
  }

  @Test
  void aPartitionThatBeginsAnewDoesNotHideWhatTheOthersCount() {
    Look before = look(1, Map.of(FIRST, 100L, SECOND, 10L));
    Look after = look(2, Map.of(FIRST, 3L, SECOND, 14L));

    assertThat(amount(before, after, ORDERS)).isEqualTo(7);
    assertThat(amount(before, after, ALL)).isEqualTo(7);
  }

  @Test
  void aPartitionThatCouldNotBeReadForAWhileCountsOn() {
    Look before = look(1, Map.of(FIRST, 100L));
    Look offline = look(2, Map.of(FIRST, Look.UNKNOWN)).remembering(before);
    Look after = look(3, Map.of(FIRST, 105L));

    assertThat(amount(before, offline, ORDERS)).isZero();
    assertThat(amount(offline, after, ORDERS)).isEqualTo(5);
  }

  @Test
  void whatAPartitionHeldBeforeItCouldBeReadIsNotNew() {
    Look before = look(1, Map.of(FIRST, Look.UNKNOWN));
    Look after = look(2, Map.of(FIRST, 1_000L));

    assertThat(amount(before, after, ORDERS)).isZero();
  }

  @Test
  void aConnectorThatComesBackSoonCountsOnAndOneThatIsGoneIsForgotten() {
    Series carried = Series.of(Kind.CONNECTOR_RECORDS, "shop");
    Counter task = new Counter(carried, 0);
    Look gone = look(0, Map.of(task, 100L));
    for (int missing = 1; missing < Look.MAX_MISSING; missing++) {
      gone = look(missing, Map.of()).remembering(gone);
    }
    assertThat(amount(gone, look(1_000, Map.of(task, 103L)), carried)).isEqualTo(3);
    Look back = look(1_000, Map.of(task, 103L)).remembering(gone);
    assertThat(look(1_001, Map.of()).remembering(back).totals()).containsKey(task);

    gone = look(1_001, Map.of()).remembering(gone);
    assertThat(gone.totals()).isEmpty();
    assertThat(gone.missing()).isEmpty();
  }

  @Test
  void aTopicThatIsMadeAnewCountsFromItsBeginning() {
    Look before = look(1, Map.of(FIRST, 100L));
    Look gone = look(2, Map.of()).remembering(before);
    Look anew = look(3, Map.of(FIRST, 200L));

    assertThat(amount(gone, anew, ORDERS)).isEqualTo(200);
  }
}
