package dev.sluice.gateway.connect.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.connect.ListSink;
import dev.sluice.gateway.connect.ListSource;
import dev.sluice.gateway.connect.Specs;
import dev.sluice.gateway.connect.trial.PreviewResult.End;
import dev.sluice.gateway.connect.work.SourcePreview.Previewed;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.TopicDescription;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrialsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final InMemoryLog log = new InMemoryLog();
  private final ListSource source = new ListSource("list");
  private final List<TopicDescription> topicsBefore = log.list();

  private Trials trials(Duration limit) {
    return new Trials(
        new ConnectorTypes(List.of(source), List.of(new ListSink("list"))),
        log,
        Clock.systemUTC(),
        limit);
  }

  private static String value(Previewed seen) {
    return new String(Objects.requireNonNull(seen.record().value()), UTF_8);
  }

  @Test
  void showsRecordsAsTheyWouldBeStoredAndStoresNone() throws Exception {
    source.offer(
        new SourceRecord(7L, "a", Map.of("n", 1), List.of(), Map.of("table", "orders")),
        new SourceRecord(8L, "b", Map.of("n", 2), List.of(), Map.of("table", "parts")),
        new SourceRecord(9L, "c", Map.of("n", 3), List.of(), Map.of("table", "orders")));
    ConnectorSpec spec = Specs.withKey(Specs.source("in", "list", "shop.{table}"), "key-{table}");

    PreviewResult result = trials(LONG).preview(spec, 2);

    assertThat(result.end()).isEqualTo(End.ENOUGH);
    assertThat(result.shows()).isEqualTo("Shows the list.");
    assertThat(result.seen().records())
        .extracting(Previewed::topic)
        .containsExactly("shop.orders", "shop.parts");
    assertThat(result.seen().records())
        .extracting(TrialsTest::value)
        .containsExactly("{\"n\":1}", "{\"n\":2}");
    assertThat(result.seen().records().getFirst().record().key())
        .asString(UTF_8)
        .isEqualTo("key-orders");
    assertThat(log.list()).isEqualTo(topicsBefore);
    assertThat(source.acknowledged).isEmpty();
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void showsRejectedInputAsTheDeadLetterThatItWouldBecome() throws Exception {
    source.offer(
        new SourceBatch(
            List.of(),
            List.of(
                new RejectedInput(
                    "raw".getBytes(UTF_8),
                    ConnectorException.data("bad", "It is bad.", null),
                    Map.of())),
            List.of()));
    PreviewResult result = trials(LONG).preview(Specs.source("in", "list", "letters"), 1);
    assertThat(result.seen().records()).hasSize(1).allMatch(Previewed::rejected);
    assertThat(result.seen().records().getFirst().topic()).isEqualTo(Specs.DEAD_LETTERS);
  }

  @Test
  void endsWhenNoneComesForAWhile() throws Exception {
    source.offer("only");
    PreviewResult result = trials(LONG).preview(Specs.source("in", "list", "letters"), 10);
    assertThat(result.end()).isEqualTo(End.QUIET);
    assertThat(result.seen().records()).extracting(TrialsTest::value).containsExactly("only");
  }

  @Test
  void saysThatTheTimeWasUpWithWhatCameSoFar() throws Exception {
    PreviewResult result = trials(SHORT).preview(Specs.source("in", "list", "letters"), 10);
    assertThat(result.end()).isEqualTo(End.TIME_UP);
    assertThat(result.seen().records()).isEmpty();
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void saysWhatAPreviewFailedWith() throws Exception {
    source.onStart =
        () -> {
          throw ConnectorException.external("gone", "It is gone.", "Look for it.", null);
        };
    PreviewResult result = trials(LONG).preview(Specs.source("in", "list", "letters"), 10);
    assertThat(result.end()).isEqualTo(End.FAILED);
    assertThat(Objects.requireNonNull(result.error()).code()).isEqualTo("gone");
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void previewsSourcesOnly() {
    assertThatThrownBy(() -> trials(LONG).preview(Specs.sink("out", "list", "letters"), 1))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.code()).isEqualTo("preview-unsupported"));
  }

  @Test
  void tellsWhatATestFoundOrFailedWith() throws Exception {
    ConnectorSpec spec = Specs.source("in", "list", "letters");
    assertThat(trials(LONG).test(spec))
        .isInstanceOfSatisfying(
            TestResult.Passed.class,
            passed -> assertThat(passed.facts()).containsExactly("The list is there"));
    source.onTest =
        () -> {
          throw new IllegalStateException("defect");
        };
    assertThat(trials(LONG).test(spec))
        .isInstanceOfSatisfying(
            TestResult.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("unexpected"));
    source.onTest = () -> new CountDownLatch(1).await();
    assertThat(trials(SHORT).test(spec))
        .isInstanceOfSatisfying(
            TestResult.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("time-up"));
  }

  @Test
  void carriesOutTwoAtATime() throws Exception {
    Trials trials = trials(LONG);
    ConnectorSpec spec = Specs.source("in", "list", "letters");
    CountDownLatch begun = new CountDownLatch(Trials.AT_ONCE);
    CountDownLatch goOn = new CountDownLatch(1);
    source.onTest =
        () -> {
          begun.countDown();
          goOn.await();
        };
    List<Thread> testers = new ArrayList<>();
    for (int i = 0; i < Trials.AT_ONCE; i++) {
      testers.add(Thread.ofVirtual().start(() -> test(trials, spec)));
    }
    begun.await();
    assertThatThrownBy(() -> trials.test(spec)).isInstanceOf(TrialsBusyException.class);
    goOn.countDown();
    for (Thread tester : testers) {
      tester.join();
    }
    assertThat(trials.test(spec)).isInstanceOf(TestResult.Passed.class);
  }

  private static void test(Trials trials, ConnectorSpec spec) {
    try {
      assertThat(trials.test(spec)).isInstanceOf(TestResult.Passed.class);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
