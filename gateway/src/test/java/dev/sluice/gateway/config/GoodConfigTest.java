package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.Options;
import dev.sluice.gateway.config.ConfigResult.Valid;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorSpec.ValueFormat;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.config.Expression.Language;
import dev.sluice.gateway.config.KafkaSecuritySpec.Quota;
import dev.sluice.gateway.config.KafkaSecuritySpec.Resource;
import dev.sluice.gateway.config.KafkaSecuritySpec.Rule;
import dev.sluice.gateway.config.KafkaSpec.ClientCertificate;
import dev.sluice.gateway.config.KafkaSpec.Listener;
import dev.sluice.gateway.config.KafkaSpec.Tls;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.Flush;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.Timestamps;
import dev.sluice.gateway.log.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoodConfigTest {

  private static final Path FOLDER = Path.of("src/test/resources/config/good");
  private static final Environment ENVIRONMENT =
      Environment.of(Map.of("DB_PASSWORD", "hunter2-sesame", "DB_PORT", "5433"));

  private static final SecretText SECRET = new SecretText("hunter2-sesame");
  private static final Path HERE = FOLDER.toAbsolutePath().normalize();
  private static final KafkaSpec KAFKA =
      new KafkaSpec(
          List.of(
              new Listener(
                  "main",
                  "127.0.0.2",
                  9093,
                  "kafka.example.com",
                  19093,
                  new Tls(
                      Path.of("/etc/sluice/cert.pem"),
                      Path.of("/etc/sluice/key.pem"),
                      SECRET,
                      null,
                      ClientCertificate.NONE),
                  Set.of("SCRAM-SHA-512", "PLAIN")),
              new Listener("inner", "127.0.0.1", 9094, null, null, null, Set.of()),
              new Listener(
                  "partners",
                  "0.0.0.0",
                  9095,
                  null,
                  null,
                  new Tls(
                      HERE.resolve("cert.pem"),
                      Path.of("key.pem"),
                      null,
                      Path.of("ca.pem"),
                      ClientCertificate.REQUIRED),
                  Set.of())),
          new KafkaSpec.Limits(
              8 << 20, 64 << 20, 100, 8, Duration.ofHours(1), Duration.ofSeconds(5)),
          false,
          3,
          new KafkaSecuritySpec(
              Map.of("admin", SECRET, "shop", new SecretText("swordfish")),
              Set.of("admin", "CN=ops,O=Sluice"),
              List.of(
                  new Rule(
                      "shop", "*", true, List.of("write", "describe"), Resource.TOPIC, "shop.*"),
                  new Rule("*", "10.0.0.1", false, List.of("all"), Resource.CLUSTER, "")),
              List.of(
                  new Quota("shop", null, 1L << 20, 10L << 20),
                  new Quota(null, "*", null, 100L << 20))));

  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);
  private final GatewayConfig config = valid(loader.load(FOLDER.resolve("full.yaml"), ENVIRONMENT));

  @Test
  void readsServerAndTopics() {
    assertThat(config.server())
        .isEqualTo(new ServerSpec("localhost", 0, Path.of("./somewhere"), KAFKA));
    TopicSpec orders = topic("orders");
    assertThat(orders.partitions()).isEqualTo(6);
    assertThat(orders.settings().retention())
        .isEqualTo(new Retention(Duration.ofDays(7), 10L << 30));
    TopicSpec plain = topic("plain");
    assertThat(plain.partitions()).isEqualTo(1);
    assertThat(plain.settings().retention()).isEqualTo(Retention.FOREVER);
  }

  @Test
  void kafkasClientsMeetKafkasDefaultsUnlessToldOtherwise() {
    KafkaSpec kafka =
        valid(loader.loadText("f", "topics: {}", FOLDER, ENVIRONMENT)).server().kafka();
    assertThat(kafka)
        .isEqualTo(
            new KafkaSpec(
                List.of(new Listener("main", "127.0.0.1", 9092, null, null, null, Set.of())),
                new KafkaSpec.Limits(
                    100 << 20, 256 << 20, 4096, 64, Duration.ofMinutes(10), Duration.ofSeconds(30)),
                true,
                1,
                KafkaSecuritySpec.OPEN));
  }

  @Test
  void readsEverySettingOfATopic() {
    assertThat(topic("readings").settings())
        .isEqualTo(new TopicSettings(new Retention(Duration.ofDays(30), null, Readers.ALL)));
    assertThat(topic("invoices").settings().retention().consumed())
        .as("a sink may be named by its own name")
        .isEqualTo(new Readers(List.of("audit", "connect-warehouse")));
    assertThat(topic("invoices").settings().flush()).isEqualTo(new Flush.Ack());
    assertThat(topic("customers").settings().compaction()).isEqualTo(Compaction.DEFAULT);
    assertThat(topic("prices").settings().compaction())
        .isEqualTo(
            new Compaction(0.3, Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(1)));
    assertThat(topic("clicks").settings())
        .isEqualTo(
            new TopicSettings(
                Retention.FOREVER,
                null,
                new Flush.Interval(Duration.ofSeconds(1)),
                Timestamps.APPEND,
                4 << 20,
                new Segments(256 << 20, Duration.ofDays(1))));
    assertThat(topic("plain").settings()).isEqualTo(TopicSettings.DEFAULT);
  }

  @Test
  void readsASourceWithDefaultsAndResolvedReferences() {
    ConnectorSpec shop = connector(config, "shop");
    assertThat(shop.kind()).isEqualTo(Kind.SOURCE);
    assertThat(shop.type()).isEqualTo("postgres-cdc");
    assertThat(shop.topic()).isEqualTo("shop.{table}");
    assertThat(shop.tasks()).isEqualTo(1);
    assertThat(shop.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(shop.errors())
        .isEqualTo(
            new ErrorPolicy(
                3,
                Then.DEAD_LETTER,
                "shop.dead-letters",
                Duration.ofSeconds(1),
                Duration.ofMinutes(1)));
    Options options = shop.options().asOptions();
    assertThat(options.string("password")).isEqualTo("hunter2-sesame");
    assertThat(options.string("user")).isEqualTo("shop");
    assertThat(options.integer("port")).isEqualTo(5433);
    assertThat(options.strings("tables")).containsExactly("orders", "customers");
    assertThat(options.duration("poll")).isEqualTo(Duration.ofMillis(500));
    assertThat(options.bool("snapshot")).isTrue();
  }

  @Test
  void readsTransformsInTheirOrder() {
    assertThat(connector(config, "plant").transforms())
        .containsExactly(
            new TransformSpec.Filter(null, new Expression(Language.JQ, ".celsius != null")),
            new TransformSpec.SetValue(
                new Expression(Language.JSONPATH, "$[?(@.celsius > 100)]"),
                new Expression(Language.SIMPLE, "too hot: ${body}")),
            new TransformSpec.SetKey(null, new Expression(Language.JQ, ".sensor")),
            new TransformSpec.SetTopic(null, "temperatures.{sensor}"));
  }

  @Test
  void readsASink() {
    ConnectorSpec warehouse = connector(config, "warehouse");
    assertThat(warehouse.kind()).isEqualTo(Kind.SINK);
    assertThat(warehouse.topic()).isNull();
    assertThat(warehouse.topics()).containsExactly("shop.orders", "plant.dead-letters", "invoices");
    assertThat(warehouse.valueFormat()).isEqualTo(ValueFormat.JSON);
    assertThat(warehouse.tasks()).isEqualTo(2);
    assertThat(warehouse.errors())
        .isEqualTo(
            new ErrorPolicy(5, Then.FAIL, "sick", Duration.ofSeconds(2), Duration.ofMinutes(5)));
    assertThat(connector(config, "screen").topics()).containsExactly("_events");
  }

  @Test
  void makesAConnectorOfARule() {
    ConnectorSpec rule = connector(config, "too-hot");
    assertThat(rule.kind()).isEqualTo(Kind.RULE);
    assertThat(rule.type()).isEqualTo("rule");
    assertThat(rule.topics()).containsExactly("temperatures");
    assertThat(rule.topic()).isEqualTo("alerts");
    assertThat(rule.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(rule.transforms())
        .containsExactly(
            new TransformSpec.Filter(null, new Expression(Language.JQ, ".celsius >= 30")),
            new TransformSpec.SetKey(null, new Expression(Language.JQ, ".sensor")),
            new TransformSpec.SetValue(null, new Expression(Language.JQ, "{hot: .celsius}")));
  }

  @Test
  void showsReferencesAsWrittenAndCoversLiteralSecrets() {
    assertThat(connector(config, "shop").displayConfig().get("config"))
        .isEqualTo(
            Map.of(
                "url", "postgresql://localhost/shop",
                "user", "${env:DB_USER:-shop}",
                "password", "${env:DB_PASSWORD}",
                "port", "${env:DB_PORT}",
                "tables", List.of("orders", "customers"),
                "properties", Map.of("sslmode", "require", "sslpassword", "****")));
    assertThat(connector(config, "plant").displayConfig().get("config"))
        .isEqualTo(
            Map.of(
                "url", "tcp://anna:****@localhost:1883",
                "subscribe", "plant/+/temperature",
                "password", "****"));
    assertThat(connector(config, "warehouse").displayConfig().toString())
        .contains("jdbc:h2:${data}/warehouse;PASSWORD=****");
  }

  @Test
  void secretsAppearInNothingThatIsPrinted() {
    String printed = config + ConfigPlan.first(config).render() + config.connectors().values();
    assertThat(printed)
        .doesNotContain(
            "hunter2", "sesame", "abracadabra", "open-it", "otto", "letmein", "swordfish");
  }

  @Test
  void secretsAreCoveredInWhatOthersSay() {
    assertThat(
            connector(config, "shop")
                .options()
                .covered("hunter2-sesame refused for shop; sslpassword=abracadabra"))
        .isEqualTo("**** refused for shop; sslpassword=****");
    assertThat(connector(config, "plant").options().covered("tcp://anna:otto@localhost"))
        .isEqualTo("tcp://anna:****@localhost");
  }

  @Test
  void theSameFileGivesEqualSpecs() {
    assertThat(valid(loader.load(FOLDER.resolve("full.yaml"), ENVIRONMENT))).isEqualTo(config);
  }

  @Test
  void theCommandLineWins() {
    GatewayConfig other =
        valid(
            loader.load(
                FOLDER.resolve("full.yaml"),
                ENVIRONMENT
                    .withDataDirectory(Path.of("/elsewhere"))
                    .withHttpPort(9)
                    .withKafkaPort(10)));
    assertThat(other.server().httpPort()).isEqualTo(9);
    assertThat(other.server().dataDirectory()).isEqualTo(Path.of("/elsewhere"));
    assertThat(other.server().kafka().listeners())
        .extracting(Listener::port)
        .containsExactly(10, 9094, 9095);
    assertThat(connector(other, "warehouse").options().asOptions().string("url"))
        .startsWith("jdbc:h2:/elsewhere/warehouse");
  }

  static GatewayConfig valid(ConfigResult result) {
    assertThat(result).isInstanceOf(Valid.class);
    return ((Valid) result).config();
  }

  static ConnectorSpec connector(GatewayConfig config, String name) {
    return Objects.requireNonNull(config.connectors().get(name));
  }

  private TopicSpec topic(String name) {
    return Objects.requireNonNull(config.topics().get(name));
  }
}
