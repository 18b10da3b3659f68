package dev.sluice.sink.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.testing.FakeSinkContext;
import dev.sluice.connector.testing.SinkAcceptance;
import dev.sluice.sink.support.TestContexts;
import dev.sluice.sink.support.TestRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSinkTest extends SinkAcceptance {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final TestRecords records = TestRecords.of("orders");
  private final List<Duration> pauses = new ArrayList<>();
  private FakeServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Override
  protected SinkTask newTask() {
    return new HttpSinkTask(pauses::add);
  }

  @Override
  protected FakeSinkContext working() {
    return context(Map.of());
  }

  @Override
  protected FakeSinkContext unreachable() {
    server.close();
    return context(Map.of());
  }

  @Override
  protected SinkRecord record(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return TestRecords.at("orders", offset, key, value);
  }

  @Test
  void sendsEachValueAsItIsWithHeadersAndCredentials() throws Exception {
    put(
        Map.of("method", "PUT", "headers", Map.of("X-Colour", "red"), "user", "u", "password", "p"),
        records.next("k", "{\"id\" : 1}"),
        records.next("k", null));

    assertThat(server.bodies()).containsExactly("{\"id\" : 1}", "");
    assertThat(server.requests().getFirst().method()).isEqualTo("PUT");
    assertThat(server.requests().getFirst().headers())
        .containsEntry("X-colour", "red")
        .containsEntry("Authorization", "Basic dTpw")
        .containsEntry("Content-type", "application/json")
        .containsEntry("Idempotency-key", "orders-0@0");
  }

  @Test
  void sendsArraysOfValuesWhateverTheyAre() throws Exception {
    put(
        Map.of("batch", true, "batch-size", 3, "token", "t"),
        records.next(null, "{\"id\":1}"),
        records.next(null, "text \"quoted\""),
        records.next(null, new byte[] {(byte) 0xff}, List.of()),
        records.next(null, null));

    assertThat(server.bodies())
        .containsExactly("[{\"id\":1},\"text \\\"quoted\\\"\",\"/w==\"]", "[null]");
    assertThat(server.requests().getFirst().headers()).containsEntry("Authorization", "Bearer t");
  }

  @Test
  void waitsAsLongAsTheServerAsksForAndSendsOnlyWhatIsMissing() throws Exception {
    List<SinkRecord> batch =
        List.of(records.next(null, "1"), records.next(null, "2"), records.next(null, "3"));
    server.answer("2", 429, Map.of("Retry-After", "7"));
    FakeSinkContext context = context(Map.of());
    try (HttpSinkTask task = new HttpSinkTask(pauses::add)) {
      task.start(context);
      assertExternal(() -> task.put(batch), "http-status-429");
      assertThat(pauses).containsExactly(Duration.ofSeconds(7));

      server.answer("2", 503, Map.of("Retry-After", "Thu, 01 Jan 2026 00:00:20 GMT"));
      assertExternal(() -> task.put(batch), "http-status-503");
      server.answer("2", 503, Map.of("Retry-After", "86400"));
      assertExternal(() -> task.put(batch), "http-status-503");
      server.answer("2", 500, Map.of("Retry-After", "soon"));
      assertExternal(() -> task.put(batch), "http-status-500");
      task.put(batch);
    }
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20), Duration.ofMinutes(1));
    assertThat(server.bodies()).containsExactly("1", "2", "2", "2", "2", "2", "3");
    assertThat(context.rejected()).isEmpty();
  }

  @Test
  void sendsAllAgainWhenTheRuntimeGoesFurtherBack() throws Exception {
    SinkRecord first = records.next(null, "1");
    SinkRecord second = records.next(null, "2");
    SinkRecord third = records.next(null, "3");
    server.answer("3", 500, Map.of());
    try (HttpSinkTask task = new HttpSinkTask(pauses::add)) {
      task.start(context(Map.of()));
      assertExternal(() -> task.put(List.of(second, third)), "http-status-500");
      task.put(List.of(first, second, third));
    }
    assertThat(server.bodies()).containsExactly("2", "3", "1", "2", "3");
  }

  @Test
  void findsTheRefusedRecordOfAnArray() throws Exception {
    server.alwaysRefuse("\"bad\"");
    List<SinkRecord> batch = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batch.add(records.next(null, i == 6 ? "[\"bad\"]" : "" + i));
    }
    FakeSinkContext context = put(Map.of("batch", true), batch.toArray(SinkRecord[]::new));

    assertThat(context.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.record().offset()).isEqualTo(6);
              assertThat(rejected.error().code()).isEqualTo("http-status-400");
              assertThat(rejected.error().message())
                  .contains("400")
                  .contains("refused: xxx")
                  .hasSizeLessThan(300);
            });
    assertThat(server.acceptedBodies())
        .allSatisfy(body -> assertThat(body).doesNotContain("bad"))
        .hasSizeLessThan(6);
    assertThat(String.join("", server.acceptedBodies())).contains("[0,1,2,3,4]").contains("9]");
  }

  @Test
  void redirectionsAndWrongCredentialsStopTheConnectorAndRejectNothing() throws Exception {
    for (int status : List.of(301, 302, 307, 401, 403, 404, 405)) {
      server.answer("1", status, Map.of("Location", "https://elsewhere.example/"));
      FakeSinkContext context = context(Map.of());
      try (HttpSinkTask task = new HttpSinkTask(pauses::add)) {
        task.start(context);
        assertThatThrownBy(() -> task.put(List.of(records.next(null, "1"))))
            .isInstanceOfSatisfying(
                ConnectorException.class,
                e -> {
                  assertThat(e.category()).isEqualTo(ErrorCategory.CONFIGURATION);
                  assertThat(e.suggestion()).isPresent();
                });
      }
      assertThat(context.rejected()).isEmpty();
    }
  }

  @Test
  void neverShowsSecrets() throws Exception {
    server.alwaysRefuse("1");
    FakeSinkContext context =
        put(Map.of("token", "xxx", "headers", Map.of("A", "refused")), records.next(null, "1"));

    assertThat(context.rejected().getFirst().error().message())
        .doesNotContain("xxx")
        .doesNotContain("refused");
  }

  @Test
  void aServerThatDoesNotAnswerInTimeIsExternal() throws Exception {
    server.neverAnswer("1");
    try (HttpSinkTask task = new HttpSinkTask(pauses::add)) {
      task.start(context(Map.of("timeout", "100ms")));
      assertExternal(() -> task.put(List.of(records.next(null, "1"))), "http-unreachable");
    }
  }

  @Test
  void keepsTheOrderOfEachPartitionWhileOthersGoOn() throws Exception {
    List<SinkRecord> batch = new ArrayList<>();
    TestRecords one = TestRecords.of("t", 1);
    TestRecords two = TestRecords.of("t", 2);
    for (int i = 0; i < 50; i++) {
      batch.add(one.next(null, "[1," + i + "]"));
      batch.add(two.next(null, "[2," + i + "]"));
    }
    put(Map.of(), batch.toArray(SinkRecord[]::new));

    for (int partition = 1; partition <= 2; partition++) {
      String start = "[" + partition + ",";
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        expected.add(start + i + "]");
      }
      assertThat(server.bodies()).filteredOn(b -> b.startsWith(start)).isEqualTo(expected);
    }
  }

  private static void assertExternal(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.category()).isEqualTo(ErrorCategory.EXTERNAL);
              assertThat(e.code()).isEqualTo(code);
            });
  }

  private FakeSinkContext put(Map<String, Object> options, SinkRecord... batch) throws Exception {
    FakeSinkContext context = context(options);
    try (HttpSinkTask task = new HttpSinkTask(pauses::add)) {
      task.start(context);
      task.put(List.of(batch));
    }
    return context;
  }

  private FakeSinkContext context(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("url", server.url());
    return TestContexts.of(new HttpSinkType(), all, Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
