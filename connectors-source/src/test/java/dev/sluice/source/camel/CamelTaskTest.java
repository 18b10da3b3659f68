package dev.sluice.source.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Header;
import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.testing.FakeSourceContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelTaskTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CamelTask task = new CamelTask();

  @AfterEach
  void close() {
    task.close();
  }

  @Test
  void runsAKamelet() throws Exception {
    start(
        Map.of(
            "kamelet",
            "timer-source",
            "properties",
            Map.of("message", "hello", "period", 1, "repeatCount", 3)));
    List<SourceRecord> records = take(3);

    assertThat(records).extracting(SourceRecord::value).containsOnly("hello");
    assertThat(records.getFirst().headers())
        .extracting(Header::key)
        .contains("Content-Type")
        .noneMatch(name -> name.startsWith("Camel"));
  }

  @Test
  void aRouteMayBeTextAndSetKeyAndHeaders() throws Exception {
    start(
        Map.of(
            "route",
            """
            - from:
                uri: timer:tick
                parameters: {repeatCount: 1, delay: 0}
                steps:
                  - setHeader: {name: CamelMessageKey, constant: k}
                  - setHeader: {name: site, constant: north}
                  - setBody: {constant: '{"n":1}'}
                  - unmarshal: {json: {}}
            """));
    SourceRecord record = take(1).getFirst();

    assertThat(record.key()).isEqualTo("k");
    assertThat(record.value()).isEqualTo(Map.of("n", 1));
    assertThat(record.attributes()).containsEntry("site", "north");
    assertThat(record.headers()).extracting(Header::key).contains("site");
  }

  @Test
  void aFileIsMovedOnlyWhenItsRecordIsDurable(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "content");
    start(fileRoute(directory));

    SourceBatch batch = pollOne();
    assertThat((byte[]) Objects.requireNonNull(batch.records().getFirst().value()))
        .asString()
        .isEqualTo("content");
    assertThat(batch.records().getFirst().attributes()).containsEntry("CamelFileName", "a.txt");
    assertThat(task.poll(Duration.ofMillis(200))).isEmpty();
    assertThat(file).exists();

    task.acknowledged(batch);
    await(() -> !Files.exists(file));
    assertThat(directory.resolve(".done/a.txt")).exists();
  }

  @Test
  void aFileThatWasNotDurableWhenTheConnectorStoppedComesAgain(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "content");
    start(fileRoute(directory));
    pollOne();
    task.close();
    assertThat(file).exists();

    CamelTask again = new CamelTask();
    try {
      again.start(FakeSourceContext.fresh(withDefaults(fileRoute(directory))));
      assertThat(again.poll(PATIENCE)).isPresent();
    } finally {
      again.close();
    }
  }

  @Test
  void noMoreExchangesThanAllowedAreInFlight() throws Exception {
    Map<String, Object> options = new HashMap<>(withDefaults(Map.of()));
    options.put(
        "route",
        Map.of(
            "from",
            Map.of(
                "uri",
                "timer:tick",
                "parameters",
                Map.of("period", 1, "delay", 0),
                "steps",
                List.of(Map.of("setBody", Map.of("constant", "x"))))));
    options.put("in-flight", 5);
    task.start(FakeSourceContext.fresh(options));
    List<SourceRecord> records = new ArrayList<>();
    for (Optional<SourceBatch> batch = task.poll(PATIENCE);
        batch.isPresent();
        batch = task.poll(Duration.ofMillis(200))) {
      records.addAll(batch.get().records());
    }
    assertThat(records).hasSize(5);
  }

  @Test
  void anUnknownComponentIsNamed() {
    assertError(
        Map.of("route", Map.of("from", Map.of("uri", "kafka:orders", "steps", List.of()))),
        "component-unknown",
        "'kafka'");
  }

  @Test
  void aBrokenRouteIsExplained() {
    assertError(
        Map.of(
            "route",
            Map.of("from", Map.of("uri", "timer:x", "steps", List.of(Map.of("setBdy", "x"))))),
        "route-invalid",
        "setBdy");
  }

  @Test
  void anUnknownParameterOfAComponentIsExplained() {
    assertError(
        Map.of("route", Map.of("from", Map.of("uri", "timer:x?perid=1", "steps", List.of()))),
        "route-invalid",
        "perid");
  }

  @Test
  void anUnknownKameletPropertyIsCorrected() {
    assertThatThrownBy(
            () ->
                start(
                    Map.of(
                        "kamelet",
                        "timer-source",
                        "properties",
                        Map.of("message", "x", "perod", 1))))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.suggestion()).hasValue("Did you mean 'period'?"));
  }

  @Test
  void kameletsAreCheckedAgainstTheirDefinition() {
    assertError(Map.of("kamelet", "timer-source"), "kamelet-property-missing", "'message'");
    assertError(
        Map.of("kamelet", "timer-source", "properties", Map.of("message", "x", "period", "soon")),
        "kamelet-property-type",
        "'period'");
    assertError(Map.of("kamelet", "timer-sorce"), "kamelet-unknown", "'timer-sorce'");
    assertError(Map.of("kamelet", "log-sink"), "kamelet-no-source", "'log-sink'");
  }

  @Test
  void exactlyOneOriginIsNeeded() {
    assertError(Map.of(), "route-count", "None");
    assertError(
        Map.of("kamelet", "timer-source", "file", "x.yaml"), "route-count", "More than one");
  }

  @Test
  void defaultsOfTheSchemaAreThoseOfTheTests() throws Exception {
    JsonNode properties =
        new ObjectMapper().readTree(new CamelSourceType().optionsSchema()).get("properties");
    assertThat(properties.get("in-flight").get("default").asInt())
        .isEqualTo(withDefaults(Map.of()).get("in-flight"));
    CamelConfig config =
        CamelConfig.of(
            new Options(Map.of("file", "route.yaml", "in-flight", 7, "properties", Map.of())));
    assertThat(config)
        .isEqualTo(new CamelConfig(new CamelConfig.RouteFile(Path.of("route.yaml")), 7));
  }

  private void assertError(Map<String, Object> options, String code, String part) {
    assertThatThrownBy(() -> start(options))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
              assertThat(e.message()).contains(part).endsWith(".");
            });
  }

  private static Map<String, Object> fileRoute(Path directory) {
    return Map.of(
        "route",
        Map.of(
            "from",
            Map.of(
                "uri",
                "file:" + directory,
                "parameters",
                Map.of("move", ".done", "initialDelay", 0, "delay", 20),
                "steps",
                List.of())));
  }

  private void start(Map<String, Object> options) throws InterruptedException {
    task.start(FakeSourceContext.fresh(withDefaults(options)));
  }

  private static Map<String, Object> withDefaults(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.putIfAbsent("in-flight", 1000);
    return all;
  }

  private SourceBatch pollOne() throws InterruptedException {
    return task.poll(PATIENCE).orElseThrow();
  }

  private List<SourceRecord> take(int count) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    while (records.size() < count) {
      SourceBatch batch = pollOne();
      records.addAll(batch.records());
      task.acknowledged(batch);
    }
    return records;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time ran out").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
