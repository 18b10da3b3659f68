package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.Header;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.log.LogException.Code;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleTest {

  private static final TopicPartition TEMPERATURES = new TopicPartition("temperatures", 0);

  private final Gateway gateway = new Gateway();

  @BeforeEach
  void createTopic() {
    var unused = gateway.log.create("temperatures", 1, TopicSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    gateway.records.releaseAll();
    gateway.close();
  }

  private void append(String key, String value) {
    NewRecord stored =
        new NewRecord(
            9, key.getBytes(UTF_8), value.getBytes(UTF_8), List.of(Header.of("unit", "C")));
    var unused = gateway.log.append(TEMPERATURES, List.of(stored)).join();
  }

  private long committed() {
    return gateway.runtime.sinkPositions("hot").getOrDefault(TEMPERATURES, 0L);
  }

  @Test
  void tellsWhenTheTemperatureReaches30Degrees() {
    append("s1", "{\"celsius\":  29.9}");
    append("s2", "{\"celsius\":  30.0}");
    append("s1", "{\"celsius\":  31}");
    gateway.apply(
        Specs.rule(
            "hot",
            "temperatures",
            "alerts",
            new TransformSpec.Filter(null, Specs.jq(".celsius >= 30"))));

    eventually(() -> committed() == 3);
    assertThat(gateway.records.values("alerts"))
        .containsExactly("{\"celsius\":  30.0}", "{\"celsius\":  31}");
    StoredRecord alert = gateway.log.all("alerts").getFirst();
    assertThat(alert.key()).isEqualTo("s2".getBytes(UTF_8));
    assertThat(alert.timestampMillis()).isEqualTo(9);
    assertThat(alert.headers()).extracting(Header::key).containsExactly("unit");
    assertThat(gateway.runtime.find("hot").orElseThrow().state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void movesItsPositionOnlyAfterItsOutputIsDurable() {
    gateway.records.hold("alerts");
    append("s1", "{\"celsius\": 31}");
    gateway.apply(Specs.rule("hot", "temperatures", "alerts"));
    eventually(() -> gateway.records.heldCount() == 1);
    assertThat(committed()).isZero();

    gateway.records.releaseAll();

    eventually(() -> committed() == 1);
    assertThat(gateway.records.values("alerts")).hasSize(1);
  }

  @Test
  void sendsRecordsToTheTopicThatAStepChoosesPartitionedByKey() {
    var unused = gateway.log.create("by-key", 4, TopicSettings.DEFAULT);
    for (int i = 0; i < 4; i++) {
      append("s" + i % 2, "{\"celsius\": 31}");
    }
    gateway.apply(
        Specs.rule(
            "hot",
            "temperatures",
            "alerts",
            new TransformSpec.SetTopic(null, "by-{key}"),
            new TransformSpec.SetTopic(Specs.jq("true"), "by-key")));

    eventually(() -> committed() == 4);
    Map<String, List<StoredRecord>> byKey =
        gateway.log.all("by-key").stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    stored -> new String(java.util.Objects.requireNonNull(stored.key()), UTF_8)));
    assertThat(byKey).hasSize(2);
    byKey
        .values()
        .forEach(
            stored ->
                assertThat(stored.stream().map(StoredRecord::topicPartition).distinct())
                    .hasSize(1));
  }

  @Test
  void tellsWhatItHasWrittenWhereverThatWent() {
    append("s1", "{\"celsius\": 31}");
    append("s2", "{\"celsius\": 40}");
    append("s3", "no json");
    TransformSpec[] steps = {
      new TransformSpec.Filter(null, Specs.jq(".celsius >= 30")),
      new TransformSpec.SetTopic(Specs.jq(".celsius >= 35"), "fires")
    };
    gateway.apply(
        Specs.rule("hot", "temperatures", "alerts", steps),
        Specs.exactlyOnce(Specs.rule("exact", "temperatures", "alerts", steps)));

    eventually(() -> gateway.written.equals(Map.of("alerts", 2L, "fires", 2L)));
    for (String rule : List.of("hot", "exact")) {
      ConnectorView view = gateway.runtime.find(rule).orElseThrow();
      assertThat(view.topics()).containsExactly("alerts", "fires", "temperatures");
      assertThat(view.tasks().getFirst().records()).as("of what it reads").isEqualTo(3);
    }
  }

  @Test
  void forgetsItsFormerTopicsWhenItGetsOthers() {
    var unused = gateway.log.create("humidities", 1, TopicSettings.DEFAULT);
    append("s1", "{\"celsius\": 31}");
    gateway.apply(Specs.rule("hot", "temperatures", "alerts"));
    eventually(() -> committed() == 1);
    assertThat(view().written()).containsExactly("alerts");

    gateway.apply(Specs.rule("hot", "humidities", "damp"));

    eventually(() -> view().topics().isEmpty());
    NewRecord damp = new NewRecord(9, null, "{}".getBytes(UTF_8), List.of());
    var unusedAppend =
        gateway.log.append(new TopicPartition("humidities", 0), List.of(damp)).join();
    eventually(() -> view().topics().equals(List.of("damp", "humidities")));
    assertThat(view().written()).containsExactly("damp");
  }

  private ConnectorView view() {
    return gateway.runtime.find("hot").orElseThrow();
  }

  @Test
  void setsRecordsAsideThatTheConditionCannotJudge() {
    append("s1", "no json");
    append("s1", "{\"celsius\": 31}");
    gateway.apply(
        Specs.rule(
            "hot",
            "temperatures",
            "alerts",
            new TransformSpec.Filter(null, Specs.jq(".celsius >= 30"))));

    eventually(() -> committed() == 2);
    assertThat(gateway.records.values("alerts")).containsExactly("{\"celsius\": 31}");
    assertThat(gateway.records.values(Specs.DEAD_LETTERS)).containsExactly("no json");
  }

  @Test
  void waitsOutAFullDisk() {
    gateway.records.fail("alerts", Code.DISK_FULL);
    append("s1", "{\"celsius\": 31}");
    gateway.apply(Specs.rule("hot", "temperatures", "alerts"));
    gateway.awaitState("hot", TaskState.FAILED);

    gateway.records.fail("alerts", null);

    eventually(() -> committed() == 1);
    assertThat(gateway.records.values("alerts")).hasSize(1);
    gateway.awaitState("hot", TaskState.RUNNING);
  }
}
