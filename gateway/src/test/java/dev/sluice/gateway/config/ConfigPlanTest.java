package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicDifference;
import dev.sluice.gateway.log.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigPlanTest {

  private static final String BEFORE =
      """
      topics:
        orders: {partitions: 6, retention: {time: 36h, size: 10MiB}}
        readings: {}
        old: {}
      connectors:
        plant: {source: mqtt, topic: readings, config: {url: a, subscribe: b, password: hush-hush}}
        screen: {sink: console, topics: orders}
        gone: {sink: console, topics: old}
      """;

  private static final String AFTER =
      """
      server: {http-port: 0, kafka: {port: 19092, auto-create-topics: false}}
      topics:
        readings: {}
        orders: {partitions: 3}
      connectors:
        # A comment is no change.
        screen: {sink: console, topics: [orders], tasks: 2}
        plant: {source: mqtt, topic: readings, config: {url: a, subscribe: b, password: hush-hush}}
      rules:
        hot: {from: readings, to: alerts, delivery: exactly-once}
      """;

  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);

  @Test
  void tellsWhatWouldRun() {
    assertThat(ConfigPlan.first(config(BEFORE)).render())
        .isEqualTo(
            """
            Server
              host 127.0.0.1
              HTTP port 8080
              Kafka port 9092
              data directory ./data
            Topics
              + old       1 partition, kept forever
              + orders    6 partitions, kept for 36h and up to 10MiB a partition
              + readings  1 partition, kept forever
            Connectors
              + gone    old -> sink console
              + plant   source mqtt -> readings
              + screen  orders -> sink console
            """);
  }

  @Test
  void tellsWhatWouldChange() {
    ConfigPlan plan = ConfigPlan.between(config(BEFORE), config(AFTER));
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.render())
        .isEqualTo(
            """
            Server
              HTTP port any free one
              Kafka port 19092
              Kafka clients are told the host 127.0.0.1 and the port 19092
              topics that Kafka clients ask for are not created
            Topics
              - old       1 partition, kept forever
              ~ orders    3 partitions, kept forever
              = readings  1 partition, kept forever
            Connectors
              - gone    old -> sink console
              + hot     rule readings -> alerts, exactly once
              = plant   source mqtt -> readings
              ~ screen  orders -> sink console, 2 tasks
            Not possible
              topic orders has 6 partitions, which can't become 3: partitions are only ever added
            """);
  }

  @Test
  void tellsTheSettingsOfTopics() {
    String topics =
        """
        topics:
          a: {retention: {consumed: true, time: 30d}}
          b: {retention: {consumed: [warehouse, audit]}, flush: {interval: 1s}}
          c: {compact: true, timestamps: append, limits: {batch: 4MiB}}
          d: {compact: {min-lag: 1h}, flush: os, segments: {size: 8MiB}}
        connectors:
          warehouse: {sink: console, topics: [b]}
        """;
    ConfigPlan plan = ConfigPlan.first(config(topics));
    assertThat(plan.topics())
        .extracting(ConfigPlan.Change::what)
        .containsExactly(
            "1 partition, kept until read by all groups, at most for 30d",
            "1 partition, kept until read by audit and connect-warehouse, flushed every 1s",
            "1 partition, kept forever, compacted by key, timed when appended, batches up to 4MiB",
            "1 partition, kept forever, compacted by key, flushed by the system");
    ConfigPlan changed = ConfigPlan.between(config(topics), config(topics.replace("8MiB", "9MiB")));
    assertThat(ConfigPlan.names(changed.topics(), ConfigPlan.Action.CHANGE)).containsExactly("d");
  }

  @Test
  void aTopicThatSomeoneHasChangedBecomesAgainWhatIsDeclared() {
    GatewayConfig config = config("topics: {orders: {retention: {time: 7d}}, kept: {}}");
    TopicSettings longer = new TopicSettings(new Retention(Duration.ofDays(30), 1L << 30));
    ConfigPlan plan =
        ConfigPlan.between(config, config)
            .over(now(topic("orders", 1, longer), topic("kept", 1, TopicSettings.DEFAULT)), config);
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.render())
        .isEqualTo(
            """
            Topics
              = kept    1 partition, kept forever
              ~ orders  1 partition, kept for 7d (retention.time 30d -> 7d, retention.size 1GiB ->\
             not set)
            """);
    assertThat(plan.topics().getLast().differences())
        .containsExactly(
            new TopicDifference("retention.time", "30d", "7d"),
            new TopicDifference("retention.size", "1GiB", null));
  }

  @Test
  void aTopicThatIsThereIsChangedWhenItIsDeclaredForTheFirstTime() {
    GatewayConfig next = config("topics: {clicks: {compact: true}, orders: {partitions: 4}}");
    ConfigPlan plan =
        ConfigPlan.between(config("{}"), next)
            .over(
                now(
                    topic("clicks", 3, TopicSettings.DEFAULT),
                    topic("orders", 1, TopicSettings.DEFAULT)),
                next);
    assertThat(plan.render())
        .isEqualTo(
            """
            Topics
              ~ clicks  3 partitions, kept forever, compacted by key (compact not set -> true)
              ~ orders  4 partitions, kept forever (partitions 1 -> 4)
            """);
  }

  @Test
  void aTopicThatSomeoneHasDeletedIsCreatedAgain() {
    GatewayConfig config = config("topics: {orders: {}}");
    ConfigPlan plan = ConfigPlan.between(config, config).over(Map.of(), config);
    assertThat(ConfigPlan.names(plan.topics(), ConfigPlan.Action.CREATE)).containsExactly("orders");
  }

  @Test
  void tellsEverySettingOfATopicThatDiffers() {
    GatewayConfig next =
        config(
            """
            topics:
              a: {retention: {consumed: [x, y]}, compact: {min-lag: 1h}, flush: {interval: 1s},
                  timestamps: append, limits: {batch: 4MiB}, segments: {size: 8MiB, age: 1d}}
            """);
    ConfigPlan plan =
        ConfigPlan.between(config("{}"), next)
            .over(now(topic("a", 1, TopicSettings.DEFAULT)), next);
    assertThat(plan.topics().getFirst().differences())
        .extracting(TopicDifference::toString)
        .containsExactly(
            "retention.consumed not set -> [x, y]",
            "compact not set -> true",
            "compact.min-lag not set -> 1h",
            "flush not set -> {interval: 1s}",
            "timestamps not set -> append",
            "limits.batch not set -> 4MiB",
            "segments.size not set -> 8MiB",
            "segments.age not set -> 1d");
  }

  private static TopicDescription topic(String name, int partitions, TopicSettings settings) {
    return new TopicDescription(
        name,
        settings,
        IntStream.range(0, partitions)
            .mapToObj(partition -> new PartitionDescription(partition, 0, 0, 0, null))
            .toList());
  }

  private static Map<String, TopicDescription> now(TopicDescription... topics) {
    return Arrays.stream(topics).collect(Collectors.toMap(TopicDescription::name, topic -> topic));
  }

  @Test
  void isSummedUpInASentence() {
    GatewayConfig after = config(AFTER.replace("partitions: 3", "partitions: 6"));
    TopicDescription orders =
        topic("orders", 6, new TopicSettings(new Retention(Duration.ofHours(36), null)));
    ConfigPlan plan =
        ConfigPlan.between(config(BEFORE), after)
            .over(now(orders, topic("readings", 1, TopicSettings.DEFAULT)), after);
    assertThat(plan.summary())
        .startsWith(
            "topic old no longer declared; topic orders changed (retention.time 36h -> not set);"
                + " connector gone removed; connector hot created; connector screen changed"
                + " (tasks, topics); at the next start HTTP port any free one, Kafka port 19092");
    String many = "topics: {" + "t%d: {}, ".repeat(500) + "}";
    Object[] numbers = IntStream.range(0, 500).boxed().toArray();
    assertThat(ConfigPlan.first(config(many.formatted(numbers))).summary()).hasSize(2_001);
  }

  @Test
  void theSameConfigurationChangesNothing() {
    assertThat(ConfigPlan.between(config(AFTER), config(AFTER)).isEmpty()).isTrue();
  }

  @Test
  void whatTakesThePlaceOfAConnectorMadeOverHttpIsAChangeThatSaysSo() {
    Map<String, ConnectorSpec> made =
        Map.of(
            "hot", spec("hot", "{from: readings, to: elsewhere}"),
            "other", spec("other", "{from: readings, to: elsewhere}"));
    ConfigPlan plan =
        ConfigPlan.between(config(BEFORE), config(AFTER)).replacing(made, config(AFTER));
    assertThat(plan.render())
        .contains(
            "  ~ hot     rule readings -> alerts, exactly once; replaces the one that was made over"
                + " HTTP, which is forgotten with its secrets\n");
    assertThat(plan.connectors())
        .filteredOn(change -> change.name().equals("hot"))
        .flatExtracting(ConfigPlan.Change::settings)
        .containsExactly("delivery", "to");
    assertThat(plan.connectors())
        .filteredOn(ConfigPlan.Change::replaces)
        .extracting(ConfigPlan.Change::name)
        .containsExactly("hot");
    assertThat(ConfigPlan.names(plan.connectors(), ConfigPlan.Action.KEEP))
        .containsExactly("plant");
  }

  private ConnectorSpec spec(String name, String rule) {
    return Objects.requireNonNull(
        config("rules: {" + name + ": " + rule + "}\ntopics: {readings: {}}")
            .connectors()
            .get(name));
  }

  @Test
  void aChangedSecretIsAChange() {
    ConfigPlan plan =
        ConfigPlan.between(config(BEFORE), config(BEFORE.replace("hush-hush", "louder")));
    assertThat(ConfigPlan.names(plan.connectors(), ConfigPlan.Action.CHANGE))
        .containsExactly("plant");
    assertThat(plan.toString() + plan.render()).doesNotContain("hush", "louder");
  }

  private GatewayConfig config(String text) {
    return GoodConfigTest.valid(
        loader.loadText("text", text, Path.of("."), Environment.of(Map.of())));
  }
}
