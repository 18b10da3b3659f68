package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactedTopicTest {

  private static final TopicPartition T = new TopicPartition("t", 0);
  private static final NewRecord KEYED = new NewRecord(0, new byte[] {1}, null, List.of());
  private static final NewRecord KEYLESS = new NewRecord(0, null, new byte[] {1}, List.of());

  @TempDir private Path directory = Path.of(".");

  @Test
  void aRecordWithoutAKeyIsRefusedAsSuchAndNothingOfItsBatchIsStored() {
    TopicSettings compacted =
        new TopicSettings(
            Retention.FOREVER, Compaction.DEFAULT, null, null, null, Segments.DEFAULT);
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE)) {
      EmbeddedTopics topics = new EmbeddedTopics(broker);
      EmbeddedRecords records = new EmbeddedRecords(broker);
      assertThat(topics.create("t", 1, compacted).settings()).isEqualTo(compacted);

      assertThatThrownBy(() -> records.append(T, List.of(KEYED, KEYLESS)).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LogException.class,
              e -> assertThat(e.code()).isEqualTo(LogException.Code.INVALID_RECORD));
      assertThat(records.append(T, List.of(KEYED)).join().baseOffset()).isZero();
    }
  }
}
