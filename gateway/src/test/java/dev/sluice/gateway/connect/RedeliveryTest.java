package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Header;
import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.deadletter.Edit;
import dev.sluice.gateway.deadletter.Filter;
import dev.sluice.gateway.deadletter.JobView;
import dev.sluice.gateway.deadletter.Letter;
import dev.sluice.gateway.deadletter.LetterId;
import dev.sluice.gateway.deadletter.Letters;
import dev.sluice.gateway.deadletter.Selection;
import dev.sluice.gateway.deadletter.Target;
import dev.sluice.gateway.deadletter.TestLetters;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that is refused, set aside, mended, and delivered to the one that refused it. */
class RedeliveryTest {

  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final Target ORIGIN = new Target.Origin();

  private final Gateway gateway = new Gateway();
  private final List<SinkRecord> seen = new CopyOnWriteArrayList<>();
  private Letters letters = letters();

  private Letters letters() {
    return TestLetters.open(gateway.log, gateway.records, gateway.runtime, gateway.events::add);
  }

  @BeforeEach
  void createTopicAndRefuseWhatIsBad() {
    var unused = gateway.log.create("orders", 1, TopicSettings.DEFAULT);
    gateway.sink.onPut =
        (records, context) -> {
          for (SinkRecord put : records) {
            if ("bad".equals(put.value())) {
              throw ConnectorException.data("refused", "Refused.", null);
            }
          }
          seen.addAll(records);
        };
  }

  @AfterEach
  void close() {
    letters.close();
    gateway.close();
  }

  private void append(String value) {
    NewRecord order =
        new NewRecord(5, "k".getBytes(UTF_8), value.getBytes(UTF_8), List.of(Header.of("h", "1")));
    var unused = gateway.log.append(ORDERS, List.of(order)).join();
  }

  private List<Letter> open() {
    return gateway.log.partitionCount(Specs.DEAD_LETTERS) == 0
        ? List.of()
        : letters.page(Specs.DEAD_LETTERS, Filter.OPEN, null, 10).letters().stream()
            .map(found -> found.letter())
            .toList();
  }

  private void resend(Letter letter, Edit edit) throws InterruptedException {
    Selection named = new Selection.Named(new TreeSet<LetterId>(List.of(letter.id())), false);
    JobView job = letters.resend(Specs.DEAD_LETTERS, named, ORIGIN, edit);
    while (!job.isOver()) {
      job = letters.await(job.id(), job.version(), Duration.ofSeconds(10)).orElseThrow();
    }
    assertThat(job.refusals()).isEmpty();
    assertThat(job.done()).isEqualTo(1);
  }

  private static Edit value(String text) {
    return new Edit(null, new Edit.Content(text.getBytes(UTF_8)));
  }

  private void mendsOneAmongTwoSinks(UnaryOperator<ConnectorSpec> kind)
      throws InterruptedException {
    append("good");
    append("bad");
    gateway.apply(kind.apply(Specs.sink("out", "list", "orders")));
    eventually(() -> open().size() == 1);
    gateway.sink.onPut = (records, context) -> seen.addAll(records);

    resend(open().getFirst(), value("mended"));

    eventually(() -> gateway.sink.received.equals(List.of("good", "mended")));
    assertThat(open()).isEmpty();
    assertThat(gateway.records.values("orders")).containsExactly("good", "bad");
    SinkRecord mended = seen.getLast();
    assertThat(mended.origin()).isEqualTo(new SinkRecord.Origin("orders", 0, 1));
    assertThat(mended.topic()).isEqualTo(OwnTopics.redelivery("out"));
    assertThat(TestLetters.texts(mended.headers())).containsExactly("h=1");
    assertThat(mended.keyBytes()).isEqualTo("k".getBytes(UTF_8));
  }

  @Test
  void whatIsMendedArrivesAndTheTopicHoldsWhatItHeld() throws InterruptedException {
    mendsOneAmongTwoSinks(UnaryOperator.identity());
  }

  @Test
  void alsoWhereTheTargetKeepsThePositions() throws InterruptedException {
    mendsOneAmongTwoSinks(Specs::exactlyOnce);
    eventually(
        () ->
            gateway.sink.positions.entrySet().stream()
                .anyMatch(at -> OwnTopics.isRedelivery(at.getKey().topic()) && at.getValue() == 1));
  }

  @Test
  void noOtherReaderGetsItAndARestartDoesNotRepeatIt() throws InterruptedException {
    append("bad");
    gateway.apply(Specs.sink("out", "list", "orders"), Specs.rule("copy", "orders", "copied"));
    eventually(() -> open().size() == 1 && gateway.records.values("copied").size() == 1);
    resend(open().getFirst(), value("mended"));
    eventually(() -> gateway.sink.received.contains("mended"));
    TopicPartition again = new TopicPartition(OwnTopics.redelivery("out"), 0);
    eventually(() -> Objects.equals(gateway.runtime.sinkPositions("out").get(again), 1L));

    gateway.kill();
    letters.close();
    letters = letters();
    gateway.apply(Specs.sink("out", "list", "orders"), Specs.rule("copy", "orders", "copied"));
    append("next");

    eventually(() -> gateway.sink.received.equals(List.of("mended", "next")));
    assertThat(gateway.records.values("copied")).startsWith("bad").doesNotContain("mended");
    assertThat(open()).isEmpty();
  }

  @Test
  void whatIsRefusedOnceMoreIsALetterOfTheSameRecordOnceMore() throws InterruptedException {
    append("bad");
    gateway.apply(Specs.sink("out", "list", "orders"));
    eventually(() -> open().size() == 1);
    resend(open().getFirst(), Edit.NONE);
    eventually(() -> open().size() == 1 && open().getFirst().id().offset() == 1);

    Letter second = open().getFirst();
    assertThat(second.redeliveries()).isEqualTo(1);
    assertThat(Objects.requireNonNull(second.origin()).topic()).isEqualTo("orders");
    assertThat(second.origin().offset()).isZero();
    assertThat(TestLetters.texts(second.original().headers())).containsExactly("h=1");
    assertThat(gateway.records.largestRead())
        .as("the record is read back alone, not the rest of its topic")
        .isLessThanOrEqualTo(8 << 20);
    resend(second, value("mended"));

    eventually(() -> gateway.sink.received.equals(List.of("mended")));
  }

  @Test
  void aRuleTakesItsTopicFromWhereTheRecordStood() throws InterruptedException {
    append("{\"n\": \"bad\"}");
    ConnectorSpec rule =
        Specs.rule(
            "copy",
            "orders",
            "{topic}-copied",
            new TransformSpec.SetValue(null, Specs.jq("{n: (.n + 1)}")));
    gateway.apply(rule);
    eventually(() -> open().size() == 1);
    resend(open().getFirst(), value("{\"n\": 1}"));

    eventually(() -> gateway.log.partitionCount("orders-copied") == 1);
    eventually(() -> gateway.records.values("orders-copied").equals(List.of("{\"n\":2}")));
    assertThat(TestLetters.texts(gateway.log.all("orders-copied").getFirst().headers()))
        .containsExactly("h=1");
  }

  @Test
  void aSourcesLetterGoesOnAsIfTheSourceHadGivenIt() throws InterruptedException {
    gateway.apply(Specs.sink("out", "list", "orders"), Specs.source("in", "list", "orders"));
    NewRecord letter =
        TestLetters.ofSource("in", "csv-malformed", "bad", Map.of("line", "3"), Instant.EPOCH);
    var unusedTopic = gateway.log.create(Specs.DEAD_LETTERS, 1, TopicSettings.DEFAULT);
    var unused =
        gateway.log.append(new TopicPartition(Specs.DEAD_LETTERS, 0), List.of(letter)).join();
    resend(open().getFirst(), value("mended"));

    eventually(() -> gateway.sink.received.equals(List.of("mended")));
    assertThat(gateway.records.values("orders")).containsExactly("mended");
  }
}
