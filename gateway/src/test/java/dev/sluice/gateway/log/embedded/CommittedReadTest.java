package dev.sluice.gateway.log.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What readers see of transactions in a log on disk. */
@Timeout(30)
class CommittedReadTest {

  private static final TopicPartition T = new TopicPartition("t", 0);
  private static final int READ_BYTES = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path directory = Path.of(".");
  private Broker broker;
  private PartitionLog log;
  private Records records;

  @BeforeEach
  void open() {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    var unused = new EmbeddedTopics(broker).create("t", 1, TopicSettings.DEFAULT);
    log = broker.partition("t", 0);
    records = new EmbeddedRecords(broker);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void markersAndAbortedRecordsAreInvisible() {
    inTransaction(1, 0, "kept");
    inTransaction(2, 0, "aborted");
    append("plain");
    end(2, ControlMarker.Type.ABORT);
    inTransaction(2, 1, "second try");
    end(2, ControlMarker.Type.COMMIT);
    end(1, ControlMarker.Type.COMMIT);

    Records.Slice slice = records.read(T, 0, 100, READ_BYTES);
    assertThat(values(slice)).containsExactly("kept", "plain", "second try");
    assertThat(slice.unreadable()).isEmpty();
    assertThat(slice.nextOffset()).isEqualTo(7).isEqualTo(records.endOffset(T));
    assertThat(values(records.uncommitted().read(T, 0, 100, READ_BYTES)))
        .containsExactly("kept", "aborted", "plain", "second try");
  }

  @Test
  void aReaderGetsPastWhatItDoesNotSee() {
    inTransaction(1, 0, "aborted");
    end(1, ControlMarker.Type.ABORT);

    Records.Slice slice = records.read(T, 0, 100, READ_BYTES);
    assertThat(slice.records()).isEmpty();
    assertThat(slice.nextOffset()).isEqualTo(2).isEqualTo(records.endOffset(T));
    assertThat(records.read(T, 1, 1, READ_BYTES).nextOffset()).isEqualTo(2);
  }

  @Test
  void anOpenTransactionIsTheEndOfCommittedRecordsAlone() {
    append("before");
    inTransaction(1, 0, "open");
    append("behind");

    assertThat(records.endOffset(T)).isEqualTo(1);
    assertThat(records.offsetForTime(T, Long.MAX_VALUE)).isEqualTo(1);
    assertThat(records.offsetForTime(T, 6)).isEqualTo(1);
    assertThat(values(records.read(T, 0, 100, READ_BYTES))).containsExactly("before");
    Records all = records.uncommitted();
    assertThat(all.endOffset(T)).isEqualTo(3);
    assertThat(all.offsetForTime(T, Long.MAX_VALUE)).isEqualTo(3);
    assertThat(values(all.read(T, 0, 100, READ_BYTES))).containsExactly("before", "open", "behind");

    end(1, ControlMarker.Type.COMMIT);
    assertThat(values(records.read(T, 1, 100, READ_BYTES))).containsExactly("open", "behind");
  }

  @Test
  void anOffsetBehindAnOpenTransactionIsNoErrorButReadsNothing() {
    inTransaction(1, 0, "open");
    append("behind");

    Records.Slice slice = records.read(T, 1, 100, READ_BYTES);
    assertThat(slice.records()).isEmpty();
    assertThat(slice.nextOffset()).isEqualTo(1);
    assertThatThrownBy(() -> records.read(T, 3, 100, READ_BYTES))
        .isInstanceOfSatisfying(
            LogException.class,
            e -> assertThat(e.code()).isEqualTo(LogException.Code.OFFSET_OUT_OF_RANGE));
  }

  @Test
  void recordsThatWereDeletedAreNoEndToReadTo() {
    inTransaction(1, 0, "open", "too");
    append("behind");
    records.deleteBefore(T, 1);
    assertThat(records.startOffset(T)).isEqualTo(1);
    assertThat(records.endOffset(T)).isEqualTo(1);
    assertThat(records.read(T, 1, 100, READ_BYTES).records()).isEmpty();
  }

  @Test
  void aWaitEndsWithTheTransactionNotWithItsRecords() throws Exception {
    inTransaction(1, 0, "open");
    assertThat(records.await(Map.of(T, 0L), Duration.ofMillis(1))).isFalse();
    assertThat(records.uncommitted().await(Map.of(T, 0L), LONG)).isTrue();

    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    woken.complete(records.await(Map.of(T, 0L), LONG));
                  } catch (InterruptedException e) {
                    woken.completeExceptionally(e);
                  }
                });
    append("behind");
    assertThat(woken).isNotDone();
    end(1, ControlMarker.Type.COMMIT);
    assertThat(woken.get()).isTrue();
    waiter.join();
  }

  private void append(String value) {
    var unused =
        records.append(T, List.of(new NewRecord(5, null, value.getBytes(UTF_8), List.of()))).join();
  }

  private void inTransaction(long producer, int sequence, String... values) {
    RecordBatchBuilder batch = new RecordBatchBuilder();
    for (String value : values) {
      batch.append(6, null, value.getBytes(UTF_8));
    }
    batch.producer(producer, (short) 0, sequence, true);
    var unused = log.append(batch).join();
  }

  private void end(long producer, ControlMarker.Type type) {
    var unused = log.transactions().end(producer, (short) 0, new ControlMarker(type, 0)).join();
  }

  private static List<String> values(Records.Slice slice) {
    return slice.records().stream()
        .map(StoredRecord::value)
        .map(value -> value == null ? "" : new String(value, UTF_8))
        .toList();
  }
}
