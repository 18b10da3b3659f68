package dev.sluice.gateway.log.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Unreadable;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.record.Compression;
import dev.sluice.log.record.ForgedBatch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches with a right checksum and nonsense inside, in a log on disk (docs/adr/0006). */
class MalformedBatchTest {

  private static final TopicPartition T = new TopicPartition("t", 0);
  private static final int READ_BYTES = 1 << 20;

  /** A record "ok", then one that ends behind its batch. */
  private static final byte[] ONE_GOOD = {
    16, 0, 0, 0, 1, 4, 'o', 'k', 0, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  @TempDir private Path directory = Path.of(".");
  private Broker broker;
  private Records records;

  @BeforeEach
  void open() {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    var unused = new EmbeddedTopics(broker).create("t", 1, TopicSettings.DEFAULT);
    records = new EmbeddedRecords(broker);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void isToldOfWithItsOffsetsBetweenTheRecordsAroundIt(Compression compression) {
    append("before");
    appendMalformed(compression, 3, "not records at all, but a text".getBytes(UTF_8));
    append("behind");

    Records.Slice slice = records.read(T, 0, 100, READ_BYTES);

    assertThat(values(slice)).containsExactly("before", "behind");
    assertThat(slice.nextOffset()).isEqualTo(5).isEqualTo(records.endOffset(T));
    assertThat(slice.unreadable()).hasSize(1);
    Unreadable unreadable = slice.unreadable().getFirst();
    assertThat(unreadable.topicPartition()).isEqualTo(T);
    assertThat(unreadable.offset()).isEqualTo(1);
    assertThat(unreadable.nextOffset()).isEqualTo(4);
    assertThat(unreadable.timestampMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(unreadable.message()).contains("offsets 1 to 3 of t-0");
    assertThat(slice.entries())
        .extracting(entry -> entry.offset() + "-" + entry.nextOffset())
        .containsExactly("0-1", "1-4", "4-5");
  }

  @Test
  void recordsBeforeTheFirstMalformedByteAreKept() {
    appendMalformed(Compression.NONE, 2, ONE_GOOD);

    Records.Slice slice = records.read(T, 0, 100, READ_BYTES);

    assertThat(values(slice)).containsExactly("ok");
    assertThat(slice.unreadable()).extracting(Unreadable::offset).containsExactly(1L);
    assertThat(slice.nextOffset()).isEqualTo(2);
  }

  @Test
  void aReaderMayBeginWithinIt() {
    appendMalformed(Compression.NONE, 3, "not records at all, but a text".getBytes(UTF_8));

    Records.Slice slice = records.read(T, 2, 100, READ_BYTES);

    assertThat(slice.records()).isEmpty();
    assertThat(slice.unreadable()).extracting(Unreadable::offset).containsExactly(2L);
    assertThat(slice.nextOffset()).isEqualTo(3);
  }

  @Test
  void countsForTheLimitAndEveryReadMovesOn() {
    append("before");
    appendMalformed(Compression.NONE, 2, ONE_GOOD);
    appendMalformed(Compression.GZIP, 2, ONE_GOOD);
    append("behind");

    StringBuilder seen = new StringBuilder();
    long offset = 0;
    while (offset < records.endOffset(T)) {
      Records.Slice slice = records.read(T, offset, 1, READ_BYTES);
      assertThat(slice.entries()).hasSize(1);
      assertThat(slice.nextOffset()).isGreaterThan(offset);
      slice.records().forEach(found -> seen.append(found.offset()).append(' '));
      slice.unreadable().forEach(place -> seen.append(place.offset()).append("! "));
      offset = slice.nextOffset();
    }
    assertThat(seen).hasToString("0 1 2! 3! 5 ");
  }

  private void append(String value) {
    var unused =
        records.append(T, List.of(new NewRecord(0, null, value.getBytes(UTF_8), List.of()))).join();
  }

  private void appendMalformed(Compression compression, int count, byte[] packed) {
    var unused = broker.partition("t", 0).append(ForgedBatch.of(compression, count, packed)).join();
  }

  private static List<String> values(Records.Slice slice) {
    return slice.records().stream()
        .map(StoredRecord::value)
        .map(value -> value == null ? "" : new String(value, UTF_8))
        .toList();
  }
}
