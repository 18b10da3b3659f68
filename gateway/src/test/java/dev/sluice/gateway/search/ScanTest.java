package dev.sluice.gateway.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.DamagedOffsets;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Unreadable;
import dev.sluice.gateway.search.Search.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanTest {

  private static final TopicPartition FIRST = new TopicPartition("t", 0);
  private static final TopicPartition SECOND = new TopicPartition("t", 1);

  private final InMemoryLog log = new InMemoryLog();
  private final AtomicLong nanos = new AtomicLong();
  private final Listener listener = new Listener();

  @BeforeEach
  void createTopic() {
    log.create("t", 2, TopicSettings.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void looksAtEachRecordOfTheRangeOnceAndNoOther(Order order) {
    append(FIRST, 1, 5_000);
    append(SECOND, 1, 3_000);
    List<PartitionRange> ranges =
        List.of(new PartitionRange(FIRST, 100, 4_900), new PartitionRange(SECOND, 0, 3_000));
    Scan scan = scan(ranges, order, Conditions.any(), 10_000);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    assertThat(scan.progress().scanned()).isEqualTo(4_800 + 3_000);
    assertThat(scan.progress().fraction()).isEqualTo(1);
    List<Long> first = IntStream.range(100, 4_900).mapToObj(Long::valueOf).toList();
    assertThat(listener.offsets(FIRST)).isEqualTo(order == Order.OLDEST ? first : first.reversed());
    assertThat(listener.offsets(SECOND)).hasSize(3_000).doesNotHaveDuplicates();
    assertThat(scan.rest()).allMatch(range -> range.size() == 0);
  }

  @ParameterizedTest
  @EnumSource
  void leavesAPartitionThatIsOfflineAndSearchesTheOthers(Order order) {
    append(FIRST, 1, 50);
    append(SECOND, 1, 30);
    log.takeOffline(FIRST);
    PartitionRange first = new PartitionRange(FIRST, 0, 50);
    Scan scan =
        scan(List.of(first, new PartitionRange(SECOND, 0, 30)), order, Conditions.any(), 100);
    assertThat(scan.run()).isEqualTo(Scan.Reason.OFFLINE);
    assertThat(scan.progress().scanned()).isEqualTo(30);
    assertThat(listener.offsets(FIRST)).containsExactly(order == Order.OLDEST ? 0L : 50L);
    assertThat(scan.progress().fraction()).isEqualTo(1);
    assertThat(scan.rest()).contains(first);
  }

  @Test
  void findsTheNewestFirst() {
    append(FIRST, 1, 5_000);
    Scan scan = scan(all(FIRST), Order.NEWEST, Conditions.text("record"), 3);
    assertThat(scan.run()).isEqualTo(Scan.Reason.LIMIT);
    assertThat(listener.offsets(FIRST)).containsExactly(4_999L, 4_998L, 4_997L);
    assertThat(scan.rest()).containsExactly(new PartitionRange(FIRST, 0, 4_997));
  }

  @Test
  void partitionsGoSideBySideInTime() {
    append(FIRST, 1, 3_000);
    append(SECOND, 1_000_000, 3_000);
    scan(all(FIRST, SECOND), Order.NEWEST, Conditions.any(), 2_000).run();
    assertThat(listener.offsets(FIRST)).hasSizeLessThan(600);
    listener.found.clear();
    scan(all(FIRST, SECOND), Order.OLDEST, Conditions.any(), 2_000).run();
    assertThat(listener.offsets(SECOND)).hasSizeLessThan(600);
  }

  @ParameterizedTest
  @EnumSource
  void goesOnWhereTheLimitEndedIt(Order order) {
    append(FIRST, 1, 2_000);
    append(SECOND, 500, 2_000);
    List<PartitionRange> rest = all(FIRST, SECOND);
    Scan.Reason reason = Scan.Reason.LIMIT;
    for (int rounds = 0; reason == Scan.Reason.LIMIT && rounds < 1_000; rounds++) {
      Scan scan = scan(rest, order, Conditions.text("7"), 17);
      reason = scan.run();
      rest = scan.rest();
    }
    assertThat(reason).isEqualTo(Scan.Reason.END);
    assertThat(listener.found)
        .doesNotHaveDuplicates()
        .hasSize(2 * (int) IntStream.range(0, 2_000).filter(i -> ("" + i).contains("7")).count());
  }

  @Test
  void holdsNoMoreThanAFewLargeMatchesAndFindsAllOfThem() {
    byte[] large = new byte[(int) BackwardStretch.HELD_BYTES / 3];
    Arrays.fill(large, (byte) 'x');
    for (int i = 0; i < 10; i++) {
      log.append(FIRST, List.of(new NewRecord(i, null, large, List.of()))).join();
    }
    Scan scan = scan(all(FIRST), Order.NEWEST, Conditions.any(), 100);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    // Those that had to make room are looked at again.
    assertThat(scan.progress().scanned()).isGreaterThan(10);
    assertThat(listener.offsets(FIRST)).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatCannotBeDecodedAndGoesOn(Order order) {
    append(FIRST, 1, 2);
    log.appendUnreadable(FIRST, 3, 5);
    append(FIRST, 9, 2);
    Scan scan = scan(all(FIRST), order, Conditions.text("record"), 1_000);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    List<Long> offsets = List.of(0L, 1L, 2L, 5L, 6L);
    assertThat(listener.offsets(FIRST))
        .isEqualTo(order == Order.OLDEST ? offsets : offsets.reversed());
    assertThat(scan.progress().unreadable()).isEqualTo(1);
    assertThat(scan.progress().matches()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void tellsOfDamageAndOfTheMatchesOnBothSides(Order order) {
    append(FIRST, 1, 2_000);
    log.damage(FIRST, 700, 720);
    Scan scan = scan(all(FIRST), order, Conditions.any(), 10_000);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    List<Long> offsets =
        IntStream.range(0, 2_000)
            .filter(i -> i <= 700 || i >= 720)
            .mapToObj(Long::valueOf)
            .toList();
    assertThat(listener.offsets(FIRST))
        .isEqualTo(order == Order.OLDEST ? offsets : offsets.reversed());
    assertThat(scan.progress().unreadable()).isEqualTo(1);
    assertThat(scan.rest()).allMatch(range -> range.size() == 0);
  }

  @ParameterizedTest
  @EnumSource
  void givesUpAPartitionWhereNothingCanBeRead(Order order) {
    int damage = DamagedOffsets.MOST + 100;
    append(FIRST, 1, 2 * damage);
    log.damage(FIRST, damage / 2, damage / 2 + damage);
    Scan scan = scan(all(FIRST), order, Conditions.any(), 100_000);
    assertThat(scan.run()).isEqualTo(Scan.Reason.OFFLINE);
    assertThat(scan.progress().matches()).isEqualTo(damage / 2);
    assertThat(scan.rest().getFirst().size()).isEqualTo(damage / 2 + 100);
  }

  @Test
  void searchesToTheEndOnceThatIsKnown() {
    append(FIRST, 1, 10);
    Scan scan = scan(List.of(PartitionRange.open(FIRST, 3)), Order.NEWEST, Conditions.any(), 100);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    assertThat(listener.offsets(FIRST)).hasSize(7);
    assertThat(scan.progress().fraction()).isEqualTo(1);
  }

  @Test
  void tellsNoMoreOfWhatCannotBeDecodedThanIsInTheRange() {
    append(FIRST, 1, 2);
    log.appendUnreadable(FIRST, 3, 5);
    scan(List.of(new PartitionRange(FIRST, 0, 4)), Order.OLDEST, Conditions.any(), 10).run();
    assertThat(listener.found.getLast().nextOffset()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void takesWhatRetentionDeletesMeanwhileForDone(Order order) {
    append(FIRST, 1, 5_000);
    List<PartitionRange> before = all(FIRST);
    log.deleteBefore(FIRST, 4_990);
    Scan scan = scan(before, order, Conditions.any(), 1_000);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    assertThat(listener.offsets(FIRST)).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtOnceWhenItsWatcherHasEnough(Order order) {
    append(FIRST, 1, 50_000);
    listener.scannedLimit = 1_000;
    Scan scan = scan(all(FIRST), order, Conditions.text("none"), 10);
    assertThat(scan.run()).isEqualTo(Scan.Reason.STOPPED);
    assertThat(scan.progress().scanned()).isBetween(1_000L, 1_300L);
  }

  @Test
  void stopsWhenNobodyTakesAMatchAnyMore() {
    append(FIRST, 1, 1_000);
    listener.takes = 2;
    assertThat(scan(all(FIRST), Order.OLDEST, Conditions.any(), 10).run())
        .isEqualTo(Scan.Reason.STOPPED);
    assertThat(listener.found).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void endsAtItsTimeLimitAndSaysWhatIsLeft(Order order) {
    append(FIRST, 1, 50_000);
    Condition slow =
        found -> {
          nanos.addAndGet(Duration.ofMillis(1).toNanos());
          return false;
        };
    Scan scan = scan(all(FIRST), order, slow, 10);
    assertThat(scan.run()).isEqualTo(Scan.Reason.TIME_LIMIT);
    assertThat(scan.progress().scanned()).isBetween(10_000L, 10_300L);
    assertThat(scan.rest().getFirst().size()).isBetween(39_000L, 49_999L);
  }

  @Test
  void countsWhatAConditionCannotBeToldOfAndGoesOn() {
    append(FIRST, 1, 10);
    Condition failing =
        found -> {
          if (found.offset() == 3) {
            throw dev.sluice.connector.ConnectorException.data("x", "Not this one.", null);
          }
          return true;
        };
    Scan scan = scan(all(FIRST), Order.OLDEST, failing, 100);
    scan.run();
    assertThat(scan.progress().notEvaluated()).isEqualTo(1);
    assertThat(scan.progress().matches()).isEqualTo(9);
  }

  @Test
  void anEmptyRangeIsDone() {
    Scan scan = scan(all(FIRST, SECOND), Order.NEWEST, Conditions.any(), 10);
    assertThat(scan.run()).isEqualTo(Scan.Reason.END);
    assertThat(scan.progress().fraction()).isEqualTo(1);
  }

  private void append(TopicPartition partition, long firstMillis, int count) {
    log.append(
            partition,
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        new NewRecord(
                            firstMillis + i, null, ("record " + i).getBytes(UTF_8), List.of()))
                .toList())
        .join();
  }

  private List<PartitionRange> all(TopicPartition... partitions) {
    return Arrays.stream(partitions)
        .map(tp -> new PartitionRange(tp, log.startOffset(tp), log.endOffset(tp)))
        .toList();
  }

  private Scan scan(List<PartitionRange> ranges, Order order, Condition condition, int limit) {
    Search search = new Search(ranges, order, condition, limit, Duration.ofSeconds(10));
    return new Scan(log, search, nanos::get, listener);
  }

  private static final class Listener implements Scan.Watcher {

    private final List<Entry> found = new ArrayList<>();
    private long scannedLimit = Long.MAX_VALUE;
    private int takes = Integer.MAX_VALUE;

    @Override
    public boolean found(Entry entry) {
      assertThat(entry).isInstanceOfAny(StoredRecord.class, Unreadable.class);
      found.add(entry);
      return found.size() <= takes;
    }

    @Override
    public boolean goesOn(Progress progress) {
      return progress.scanned() < scannedLimit;
    }

    List<Long> offsets(TopicPartition partition) {
      return found.stream()
          .filter(entry -> entry.topicPartition().equals(partition))
          .map(Entry::offset)
          .toList();
    }
  }
}
