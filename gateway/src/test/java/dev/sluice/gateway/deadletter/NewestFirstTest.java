package dev.sluice.gateway.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.testing.ManualClock;
import dev.sluice.gateway.log.ForwardingRecords;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class NewestFirstTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DEAD = "dead";
  private static final NewRecord NO_LETTER = new NewRecord(1, null, null, List.of());
  private static final NewRecord LETTER =
      TestLetters.ofSink("out", "orders", 1, "refused", "bad", TIME);

  /** Remembers how much was read, and how much was asked for at once. */
  private static final class Watched extends ForwardingRecords {

    private long offsets;
    private int mostBytes;

    Watched(InMemoryLog log) {
      super(log);
    }

    @Override
    public Slice read(TopicPartition tp, long offset, int maxRecords, int maxBytes) {
      Slice slice = super.read(tp, offset, maxRecords, maxBytes);
      offsets += slice.nextOffset() - offset;
      mostBytes = Math.max(mostBytes, maxBytes);
      return slice;
    }
  }

  private final InMemoryLog log = new InMemoryLog();
  private final Watched records = new Watched(log);
  private final LetterReader reader =
      new LetterReader(records, new Marks(log, records, new ManualClock(TIME)));

  private void add(int partition, int count, NewRecord record) {
    var unused =
        log.append(new TopicPartition(DEAD, partition), Collections.nCopies(count, record)).join();
  }

  private NewestFirst.Page page(Bounds bounds, int limit, int maxExamined) {
    return new NewestFirst(reader, DEAD, bounds).read(Filter.OPEN, limit, maxExamined, 1 << 20);
  }

  private Bounds now() {
    return Bounds.now(records, DEAD, log.partitionCount(DEAD));
  }

  @Test
  void aPageEndsAfterSoMuchThatIsNoLetterAndTheNextOneGoesOn() {
    var unused = log.create(DEAD, 2, TopicSettings.DEFAULT);
    add(0, 2, LETTER);
    add(0, 3_000, NO_LETTER);
    add(1, 1, LETTER);
    List<String> found = new ArrayList<>();
    SortedMap<Integer, Long> ends = now().ends();
    int pages = 0;
    do {
      records.offsets = 0;
      NewestFirst.Page page = page(now().upTo(ends), 10, 500);
      page.letters().forEach(letter -> found.add(letter.letter().id().toString()));
      assertThat(records.offsets).isLessThan(1_500);
      ends = page.next();
      pages++;
    } while (!ends.isEmpty() && pages < 100);

    assertThat(found).containsExactly("0:1", "0:0", "1:0");
    assertThat(pages).isBetween(6, 12);
  }

  @Test
  void eachPageMovesOnHoweverManyPartitionsThereAre() {
    int partitions = 40;
    var unused = log.create(DEAD, partitions, TopicSettings.DEFAULT);
    for (int partition = 0; partition < partitions; partition++) {
      add(partition, 1, LETTER);
      add(partition, 300, NO_LETTER);
    }
    int found = 0;
    SortedMap<Integer, Long> ends = now().ends();
    for (int pages = 0; !ends.isEmpty() && pages < 1_000; pages++) {
      NewestFirst.Page page = page(now().upTo(ends), 10, 1);
      found += page.letters().size();
      ends = page.next();
    }

    assertThat(ends).isEmpty();
    assertThat(found).isEqualTo(partitions);
  }

  @Test
  void partitionsShareTheRoomThereIs() {
    int partitions = 64;
    var unused = log.create(DEAD, partitions, TopicSettings.DEFAULT);
    for (int partition = 0; partition < partitions; partition++) {
      add(partition, 3, LETTER);
    }
    assertThat(page(now(), 500, 20_000).letters()).hasSize(3 * partitions);
    assertThat((long) records.mostBytes * partitions).isLessThanOrEqualTo(16 << 20);
  }
}
