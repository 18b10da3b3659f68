package dev.sluice.broker.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.common.runtime.CoordinatorPlayback;
import org.apache.kafka.coordinator.common.runtime.Deserializer.UnknownRecordTypeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogReplayTest {

  private final Broker broker =
      Broker.open(Path.of("/data"), new FaultyStorage(1), Clock.systemUTC(), LogMetrics.NONE);
  private final List<String> played = new ArrayList<>();

  LogReplayTest() {
    var unused = broker.topics().create("t", 1, TopicConfig.FOREVER);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @Test
  void valuesTombstonesAndEndsOfTransactionsComeInTheLogsOrder() {
    append("a", "1");
    appendInTransaction(7, "a", "2");
    append("a", null);
    end(7, ControlMarker.Type.COMMIT);
    appendInTransaction(7, "b", "3");
    end(7, ControlMarker.Type.ABORT);
    assertThat(replay()).isEqualTo(6);
    assertThat(played)
        .containsExactly(
            "0 a=1",
            "1 a=2 of 7",
            "2 a=null",
            "7 COMMIT",
            "4 b=3 of 7",
            "7 ABORT",
            "written 6",
            "committed 6");
  }

  @Test
  void anEmptyLogIsAtItsStart() {
    assertThat(replay()).isZero();
    assertThat(played).isEmpty();
  }

  @Test
  void whatIsBeforeTheLogStartIsLeftOutThoughItsBatchIsThere() {
    append("a", "1", "b", "2", "c", "3");
    log().deleteBefore(2);
    assertThat(replay()).isEqualTo(3);
    assertThat(played).containsExactly("2 c=3", "written 3", "committed 3");
  }

  @Test
  void theStateBecomesOneNowAndThen() {
    for (int i = 0; i < 3; i++) {
      RecordBatchBuilder builder = new RecordBatchBuilder();
      for (int j = 0; j < 10_000; j++) {
        builder.append(0, "k".getBytes(UTF_8), "v".getBytes(UTF_8));
      }
      append(builder);
    }
    assertThat(replay()).isEqualTo(30_000);
    assertThat(played.stream().filter(entry -> entry.startsWith("committed")))
        .containsExactly("committed 20000", "committed 30000");
  }

  @Test
  void typesOfLaterVersionsAreLeftOut() {
    append("unknown", "1", "a", "2");
    replay();
    assertThat(played).containsExactly("1 a=2", "written 2", "committed 2");
  }

  @Test
  void whatCannotBeAppliedEndsTheLoadAndIsNamed() {
    append("a", "1", "broken", "2");
    assertThatThrownBy(this::replay)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("offset 1 of t-0");
  }

  @Test
  void aLoadEndsWhenTheCoordinatorCloses() {
    append("a", "1");
    LogReplay<String> replay =
        new LogReplay<>(log(), new Recorder(), LogReplayTest::decode, () -> true);
    assertThatThrownBy(replay::run).hasMessageContaining("closed");
  }

  private long replay() {
    return new LogReplay<>(log(), new Recorder(), LogReplayTest::decode, () -> false).run();
  }

  private PartitionLog log() {
    return broker.partition("t", 0);
  }

  private void append(@Nullable String... keysAndValues) {
    append(builder(keysAndValues));
  }

  private void append(RecordBatchBuilder builder) {
    AppendResult unused = log().appendNow(builder);
  }

  private void appendInTransaction(long producer, @Nullable String... keysAndValues) {
    RecordBatchBuilder builder = builder(keysAndValues);
    builder.producer(producer, (short) 0, 0, true);
    CompletableFuture<AppendResult> appended =
        log().transactions().append(builder.build().bytes(), log().logEndOffset());
    AppendResult unused = appended.join();
  }

  private void end(long producer, ControlMarker.Type type) {
    AppendResult unused =
        log().transactions().end(producer, (short) 0, new ControlMarker(type, 0)).join();
  }

  private static RecordBatchBuilder builder(@Nullable String... keysAndValues) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.append(0, bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
    }
    return builder;
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static String decode(ByteBuffer key, @Nullable ByteBuffer value) {
    String name = UTF_8.decode(key).toString();
    return switch (name) {
      case "unknown" -> throw new UnknownRecordTypeException((short) 99);
      case "broken" -> throw new IllegalArgumentException("It is broken");
      default -> name + "=" + (value == null ? "null" : UTF_8.decode(value).toString());
    };
  }

  private final class Recorder implements CoordinatorPlayback<String> {

    @Override
    public void replay(long offset, long producerId, short producerEpoch, String record) {
      if (!record.startsWith("k=")) {
        played.add(offset + " " + record + (producerId < 0 ? "" : " of " + producerId));
      }
    }

    @Override
    public void replayEndTransactionMarker(
        long producerId, short producerEpoch, TransactionResult result) {
      played.add(producerId + " " + result);
    }

    @Override
    public void updateLastWrittenOffset(Long offset) {
      played.add("written " + offset);
    }

    @Override
    public void updateLastCommittedOffset(Long offset) {
      played.add("committed " + offset);
    }
  }
}
