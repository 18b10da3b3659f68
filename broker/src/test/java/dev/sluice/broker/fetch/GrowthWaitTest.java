package dev.sluice.broker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.record.ControlMarker;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wait for many bytes ends when they are there, and not with each append. */
class GrowthWaitTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

  private Broker broker;
  private PartitionLog first;
  private PartitionLog second;

  @BeforeEach
  void open(@TempDir Path directory) {
    broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE);
    broker.topics().create("t", 2, TopicConfig.FOREVER);
    first = broker.partition("t", 0);
    second = broker.partition("t", 1);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private static RecordBatchBuilder batch(int valueBytes) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(0, null, new byte[valueBytes]);
    return builder;
  }

  private static void append(PartitionLog log, int valueBytes) {
    AppendResult unused = log.append(batch(valueBytes)).join();
  }

  private static CompletableFuture<Boolean> await(
      GrowthWait wait, long bytes, CompletableFuture<Void> givenUp) {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    boolean unused2 = ended.complete(wait.await(bytes, LONG, givenUp));
                  } catch (InterruptedException e) {
                    boolean unused2 = ended.completeExceptionally(e);
                  }
                });
    return ended;
  }

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void itEndsWithTheAppendThatMakesItEnough(Isolation isolation) throws Exception {
    GrowthWait wait = new GrowthWait(isolation);
    assertThat(wait.begin(first)).isZero();
    assertThat(wait.begin(second)).isZero();
    CompletableFuture<Boolean> ended = await(wait, 50_000, NEVER);

    while (first.sizeBytes() + second.sizeBytes() < 40_000) {
      append(first, 500);
      append(second, 500);
      assertThat(ended).isNotDone();
    }
    append(second, 20_000);

    assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void whatComesBetweenReadingAndWaitingCounts(Isolation isolation) throws Exception {
    GrowthWait wait = new GrowthWait(isolation);
    long unused = wait.begin(first);
    append(first, 1_000);
    append(first, 1_000);
    assertThat(wait.await(2_000, LONG, NEVER)).isTrue();
  }

  @Test
  void tooLittleIsNotEnough() throws Exception {
    GrowthWait wait = new GrowthWait(Isolation.READ_UNCOMMITTED);
    append(first, 5_000);
    assertThat(wait.begin(first)).isEqualTo(1);
    append(first, 1_000);
    assertThat(wait.await(5_000, SHORT, NEVER)).isFalse();
  }

  @Test
  void recordsOfAnOpenTransactionCountForThoseWhoSeeThem() throws Exception {
    GrowthWait committed = new GrowthWait(Isolation.READ_COMMITTED);
    GrowthWait uncommitted = new GrowthWait(Isolation.READ_UNCOMMITTED);
    long unused = committed.begin(first) + uncommitted.begin(first);
    append(first, 100);
    RecordBatchBuilder transactional = batch(10_000);
    transactional.producer(7, (short) 0, 0, true);
    AppendResult unused2 = first.append(transactional).join();

    assertThat(uncommitted.await(10_000, LONG, NEVER)).isTrue();
    GrowthWait late = new GrowthWait(Isolation.READ_COMMITTED);
    assertThat(late.begin(first)).isEqualTo(1);
    assertThat(late.await(1, SHORT, NEVER)).isFalse();
  }

  @Test
  void theEndOfATransactionIsWorthALook() throws Exception {
    RecordBatchBuilder transactional = batch(10_000);
    transactional.producer(7, (short) 0, 0, true);
    AppendResult unused = first.append(transactional).join();
    GrowthWait wait = new GrowthWait(Isolation.READ_COMMITTED);
    assertThat(wait.begin(first)).isZero();
    CompletableFuture<Boolean> ended = await(wait, 10_000, NEVER);

    unused =
        first
            .transactions()
            .end(7, (short) 0, new ControlMarker(ControlMarker.Type.COMMIT, 0))
            .join();

    assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPartitionThatIsNoMoreIsWorthALook() throws Exception {
    GrowthWait wait = new GrowthWait(Isolation.READ_UNCOMMITTED);
    long unused = wait.begin(first);
    CompletableFuture<Boolean> ended = await(wait, 10_000, NEVER);

    var unused2 = broker.topics().delete(broker.topics().find("t").orElseThrow().id());

    assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoGivesUpIsLetGoAndNothingIsRemembered() throws Exception {
    CompletableFuture<Void> givenUp = new CompletableFuture<>();
    GrowthWait shortWait = new GrowthWait(Isolation.READ_UNCOMMITTED);
    long unused = shortWait.begin(first);
    append(first, 100);
    assertThat(shortWait.await(1_000, SHORT, givenUp)).isFalse();
    assertThat(givenUp.getNumberOfDependents()).isZero();
    GrowthWait wait = new GrowthWait(Isolation.READ_UNCOMMITTED);
    unused = wait.begin(first);
    CompletableFuture<Boolean> ended = await(wait, 1_000, givenUp);

    boolean unused2 = givenUp.complete(null);

    assertThat(ended.get(30, TimeUnit.SECONDS)).isFalse();
  }
}
