package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, described and changed with Kafka's own client. */
class ConfigAdminTest {

  private static final ConfigResource TOPIC = new ConfigResource(Type.TOPIC, "t");
  private static final ConfigResource GROUP = new ConfigResource(Type.GROUP, "g");
  private static final ConfigResource BROKER = new ConfigResource(Type.BROKER, "1");

  @TempDir private Path directory = Path.of(".");
  private TestBroker broker;
  private Admin admin;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start(directory);
    admin = broker.admin();
    get(admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all());
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void changesAreInForceAndShownAsTheTopicsOwn() throws Exception {
    alter(TOPIC, set("retention.ms", "5000"), set("max.message.bytes", "2000000"));
    ConfigEntry entry = entry(TOPIC, "retention.ms");
    assertThat(entry.value()).isEqualTo("5000");
    assertThat(entry.source()).isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
    assertThat(entry.isReadOnly()).isFalse();
    assertThat(entry.isSensitive()).isFalse();
    assertThat(broker.broker().partition("t", 0).settings().maxBatchBytes()).isEqualTo(2_000_000);

    alter(TOPIC, op("retention.ms", "", OpType.DELETE));
    assertThat(entry(TOPIC, "retention.ms").value()).isEqualTo("-1");
    assertThat(entry(TOPIC, "retention.ms").source()).isEqualTo(ConfigSource.DEFAULT_CONFIG);
    assertThat(entry(TOPIC, "max.message.bytes").value()).isEqualTo("2000000");
  }

  @Test
  void changesSurviveARestart() throws Exception {
    alter(TOPIC, set("cleanup.policy", "compact"), set("compression.type", "zstd"));
    alter(GROUP, set("consumer.session.timeout.ms", "50000"));
    stop();
    broker = TestBroker.start(directory);
    admin = broker.admin();
    assertThat(entry(TOPIC, "cleanup.policy").value()).isEqualTo("compact");
    assertThat(entry(TOPIC, "compression.type").value()).isEqualTo("zstd");
    assertThat(entry(GROUP, "consumer.session.timeout.ms").value()).isEqualTo("50000");
  }

  @Test
  void listsGrowAndShrink() throws Exception {
    alter(TOPIC, op("cleanup.policy", "compact", OpType.APPEND));
    assertThat(entry(TOPIC, "cleanup.policy").value()).isEqualTo("delete,compact");
    alter(TOPIC, op("cleanup.policy", "delete", OpType.SUBTRACT));
    assertThat(entry(TOPIC, "cleanup.policy").value()).isEqualTo("compact");
  }

  @Test
  void eitherAllChangesOfARequestAreMadeOrNone() {
    assertThatThrownBy(
            () -> alter(TOPIC, set("retention.ms", "1"), set("min.insync.replicas", "2")))
        .cause()
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("one replica");
    assertThatThrownBy(() -> alter(TOPIC, set("retention.ms", "1"), set("segment.byte", "2")))
        .cause()
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("did you mean 'segment.bytes'?");
    assertThatThrownBy(
            () -> alter(new ConfigResource(Type.TOPIC, "none"), set("retention.ms", "1")))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    assertThat(broker.broker().topics().find("t").orElseThrow().config().retentionMillis())
        .isNull();
  }

  @Test
  void whatIsOnlyValidatedIsNotDone() throws Exception {
    AlterConfigsOptions validate = new AlterConfigsOptions().validateOnly(true);
    get(
        admin
            .incrementalAlterConfigs(
                Map.of(
                    TOPIC, List.of(set("retention.ms", "1")),
                    GROUP, List.of(set("consumer.session.timeout.ms", "50000"))),
                validate)
            .all());
    assertThat(entry(TOPIC, "retention.ms").value()).isEqualTo("-1");
    assertThat(entry(GROUP, "consumer.session.timeout.ms").value()).isEqualTo("45000");
  }

  @Test
  void synonymsTypesAndDocumentationAreThere() throws Exception {
    alter(TOPIC, set("retention.ms", "5000"));
    Config described =
        get(
            admin
                .describeConfigs(
                    List.of(TOPIC),
                    new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true))
                .all()
                .thenApply(all -> one(all.values())));
    ConfigEntry entry = described.get("retention.ms");
    assertThat(entry.type()).isEqualTo(ConfigEntry.ConfigType.LONG);
    assertThat(entry.documentation()).contains("deleted");
    assertThat(entry.synonyms())
        .extracting(synonym -> synonym.name() + "=" + synonym.value() + " " + synonym.source())
        .containsExactly(
            "retention.ms=5000 DYNAMIC_TOPIC_CONFIG", "log.retention.ms=-1 DEFAULT_CONFIG");
    assertThat(described.entries()).allSatisfy(it -> assertThat(it.documentation()).isNotBlank());
  }

  @Test
  void theServersSettingsAreShownAndNotChanged() throws Exception {
    assertThat(entry(BROKER, "num.partitions").value()).isEqualTo("1");
    assertThat(entry(BROKER, "auto.create.topics.enable").value()).isEqualTo("true");
    assertThat(entry(BROKER, "log.retention.ms").value()).isEqualTo("-1");
    assertThat(entry(BROKER, "log.dirs").isReadOnly()).isTrue();
    assertThatThrownBy(() -> alter(BROKER, set("log.retention.ms", "1")))
        .cause()
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("configuration");
    alter(BROKER, op("leader.replication.throttled.rate", "", OpType.DELETE));
  }

  @Test
  void settingsOfAGroupAreKeptForItsCoordinator() throws Exception {
    List<Map<String, Map<String, String>>> heard = new ArrayList<>();
    broker.broker().metadata().onChange(state -> heard.add(state.groupSettings()));
    alter(GROUP, set("consumer.session.timeout.ms", "50000"));
    assertThat(entry(GROUP, "consumer.session.timeout.ms").source())
        .isEqualTo(ConfigSource.DYNAMIC_GROUP_CONFIG);
    alter(GROUP, op("consumer.session.timeout.ms", "", OpType.DELETE));
    assertThat(entry(GROUP, "consumer.session.timeout.ms").value()).isEqualTo("45000");
    assertThat(heard)
        .containsExactly(Map.of("g", Map.of("consumer.session.timeout.ms", "50000")), Map.of());
    assertThatThrownBy(() -> alter(GROUP, set("consumer.session.timeout.ms", "1")))
        .hasCauseInstanceOf(InvalidConfigurationException.class);
  }

  @Test
  void whatHasSettingsIsListed() throws Exception {
    alter(GROUP, set("consumer.session.timeout.ms", "50000"));
    Collection<ConfigResource> listed = get(admin.listConfigResources().all());
    assertThat(listed).containsExactlyInAnyOrder(TOPIC, GROUP, BROKER);
    assertThat(
            get(
                admin
                    .listConfigResources(Set.of(Type.GROUP), new ListConfigResourcesOptions())
                    .all()))
        .containsExactly(GROUP);
  }

  @Test
  void logLevelsAreNotManagedHere() {
    ConfigResource logger = new ConfigResource(Type.BROKER_LOGGER, "1");
    assertThatThrownBy(() -> entry(logger, "root"))
        .hasCauseInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> alter(logger, set("root", "DEBUG")))
        .hasCauseInstanceOf(InvalidRequestException.class);
  }

  private void alter(ConfigResource resource, AlterConfigOp... changes) throws Exception {
    get(admin.incrementalAlterConfigs(Map.of(resource, List.of(changes))).all());
  }

  private static AlterConfigOp set(String name, String value) {
    return op(name, value, OpType.SET);
  }

  private static AlterConfigOp op(String name, String value, OpType type) {
    return new AlterConfigOp(new ConfigEntry(name, value), type);
  }

  private ConfigEntry entry(ConfigResource resource, String name) throws Exception {
    Config config =
        get(admin.describeConfigs(List.of(resource)).all().thenApply(all -> one(all.values())));
    return Optional.ofNullable(config.get(name)).orElseThrow();
  }

  private static <T> T one(Collection<T> values) {
    assertThat(values).hasSize(1);
    return values.iterator().next();
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(20, TimeUnit.SECONDS);
  }
}
