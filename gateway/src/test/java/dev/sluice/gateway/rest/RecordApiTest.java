package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.connector.Header;
import dev.sluice.gateway.log.Compaction;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Partitioner;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.Segments;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
class RecordApiTest {

  /** What stands for an end that nobody knows. */
  private static final long END = 999_999_999_999_999_999L;

  @Inject TestPorts ports;

  private final String topic = "t-" + UUID.randomUUID();
  private final String path = "/api/v1/topics/" + topic + "/records";

  @BeforeEach
  void createTopic() {
    ports.log().failAppends(null);
    ports.log().create(topic, 3, TopicSettings.DEFAULT);
  }

  @Test
  void listsWhatCannotBeDecodedAndGoesOnBehindIt() {
    post("{\"partition\": 0, \"timestamp\": 1, \"value\": \"one\"}").then().statusCode(200);
    ports.log().appendUnreadable(new TopicPartition(topic, 0), 3, 2);
    post("{\"partition\": 0, \"timestamp\": 3, \"value\": \"two\"}").then().statusCode(200);

    when()
        .get(path + "?partition=0")
        .then()
        .statusCode(200)
        .body("records.offset", contains(0, 4))
        .body("unreadable.partition", contains(0))
        .body("unreadable.offset", contains(1))
        .body("unreadable.nextOffset", contains(4))
        .body("unreadable.message", contains("Malformed as told."))
        .body("next", equalTo("0:5"));
    when()
        .get(path + "?partition=0&limit=2&isolation=read_uncommitted")
        .then()
        .body("records.offset", contains(0))
        .body("unreadable", hasSize(1))
        .body("next", equalTo("0:4"));
    problem(when().get(path + "?isolation=snapshot"), 400, "invalid-request", "isolation");
  }

  @Test
  void keepsJsonDigitForDigitTextAsTextAndBytesAsBytes() {
    post("""
            [{"partition": 0, "timestamp": 1, "key": {"id": 1}, "value": {"a": 1.10, "b": [1e400, null]}},
             {"partition": 0, "timestamp": "1970-01-01T00:00:00.002Z", "key": "k", "value": "some text"},
             {"partition": 0, "encoding": "base64", "value": "/wA=", "key": "/w==", "keyEncoding": "base64"},
             {"partition": 0, "key": "gone", "value": null}]""")
        .then()
        .statusCode(200)
        .body("records.offset", contains(0, 1, 2, 3))
        .body("records.partition", contains(0, 0, 0, 0));

    List<StoredRecord> stored = ports.log().all(topic);
    assertThat(text(stored.get(0).value())).isEqualTo("{\"a\":1.10,\"b\":[1e400,null]}");
    assertThat(text(stored.get(0).key())).isEqualTo("{\"id\":1}");
    assertThat(text(stored.get(1).value())).isEqualTo("some text");
    assertThat(stored.get(1).timestampMillis()).isEqualTo(2);
    assertThat(stored.get(2).value()).containsExactly(0xff, 0);
    assertThat(stored.get(3).value()).isNull();

    String page = when().get(path + "?partition=0").asString();
    assertThat(page)
        .contains("\"value\":{\"a\":1.10,\"b\":[1e400,null]}")
        .contains("\"key\":\"k\",\"value\":\"some text\"")
        .contains(
            "\"key\":\"/w==\",\"keyEncoding\":\"base64\",\"value\":\"/wA=\",\"encoding\":\"base64\"")
        .contains("\"key\":\"gone\",\"value\":null");
  }

  @Test
  void answersAsTextExactlyWhatIsStored() {
    append(0, 1, "abc");
    append(0, 2, "\"abc\"");
    append(0, 3, "{ \"a\" : 1.10 }");
    when()
        .get(path + "?partition=0&offset=1&limit=1&form=text")
        .then()
        .body("records.value", contains("\"abc\""));
    when()
        .get(path + "?partition=0&form=text")
        .then()
        .body("records.value", contains("abc", "\"abc\"", "{ \"a\" : 1.10 }"));
    when().get(path + "?form=json").then().body("records[2].value.a", equalTo(1.10f));
    problem(when().get(path + "?form=xml"), 400, "invalid-request", "form");
  }

  @Test
  void aPartitionThatIsOfflineDoesNotHideTheOthers() {
    append(0, 1, "zero");
    append(1, 2, "one");
    TopicPartition first = new TopicPartition(topic, 0);
    ports.log().takeOffline(first);
    for (String from : List.of("earliest", "0:0,1:0,2:0", "1")) {
      when()
          .get(path + "?from=" + from)
          .then()
          .statusCode(200)
          .body("records.value", contains("one"))
          .body("unreadable.partition", contains(0))
          .body("unreadable.nextOffset", contains(0))
          .body("unreadable.message", contains(first + " is offline."))
          .body("next", equalTo((from.equals("1") ? "0@1" : "0:0") + ",1:1,2:0"));
    }
    when().get(path + "?from=latest").then().statusCode(200).body("records", hasSize(0));
    problem(when().get(path + "?partition=0"), 503, "partition-offline", null);
    ports.log().bringBack(first);
    when().get(path + "?from=0:0,1:1,2:0").then().body("records.value", contains("zero"));
  }

  @Test
  void showsWhatIsJsonAsJsonAndAllElseAsText() {
    append(0, 1, "{\"a\": 1");
    append(0, 2, "null");
    append(0, 3, "tru");
    append(0, 4, "42");
    append(0, 5, "{\"a\": 1} trailing");
    append(0, 6, " \n[true]");
    when()
        .get(path + "?partition=0")
        .then()
        .body("records[0].value", equalTo("{\"a\": 1"))
        .body("records[1].value", equalTo("null"))
        .body("records[2].value", equalTo("tru"))
        .body("records[3].value", equalTo(42))
        .body("records[4].value", equalTo("{\"a\": 1} trailing"))
        .body("records[5].value", contains(true))
        .body("records[0]", not(hasKey("encoding")));
  }

  @Test
  void headersKeepOrderAndRepeat() {
    post("{\"value\": 1, \"partition\": 1, \"headers\": [{\"key\": \"a\", \"value\": \"x\"},"
            + " {\"key\": \"a\", \"encoding\": \"base64\", \"value\": \"/w==\"}]}")
        .then()
        .statusCode(200);
    post("{\"value\": 2, \"partition\": 1, \"headers\": {\"b\": {\"c\": 1}}}");
    List<Header> headers = ports.log().all(topic).getFirst().headers();
    assertThat(headers).extracting(Header::key).containsExactly("a", "a");
    when()
        .get(path + "?partition=1")
        .then()
        .body("records[0].headers.value", contains("x", "/w=="))
        .body("records[0].headers[1].encoding", equalTo("base64"))
        .body("records[1].headers[0].value.c", equalTo(1));
  }

  @Test
  void theKeyChoosesThePartitionAsKafkaClientsDoAndKeylessRecordsTakeTurns() {
    post("{\"records\": [{\"key\": \"21\", \"value\": 1}, {\"key\": \"21\", \"value\": 2}]}")
        .then()
        .body(
            "records.partition",
            contains(
                Partitioner.partition("21".getBytes(UTF_8), 3),
                Partitioner.partition("21".getBytes(UTF_8), 3)))
        .body("records.offset", contains(0, 1));
    List<Integer> turns =
        post("[{\"value\": 1}, {\"value\": 2}, {\"value\": 3}]")
            .jsonPath()
            .getList("records.partition");
    assertThat(turns).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void mergesPartitionsByTimestampAndGoesOnWhereAPageEnded() {
    for (int i = 0; i < 30; i++) {
      append(i % 3, 1_000 + i, Integer.toString(i));
    }
    List<Integer> values = new ArrayList<>();
    String next = "earliest";
    do {
      Response page = when().get(path + "?limit=7&from=" + next);
      page.then().statusCode(200);
      values.addAll(page.jsonPath().getList("records.value"));
      next = page.jsonPath().getString("next");
    } while (values.size() < 30);
    assertThat(values).isSorted().hasSize(30).doesNotHaveDuplicates();
    when()
        .get(path + "?from=" + next)
        .then()
        .body("records", hasSize(0))
        .body("next", equalTo(next));
    append(2, 5_000, "later");
    when().get(path + "?from=" + next).then().body("records.value", contains("later"));
    when().get(path + "?offset=" + next).then().body("records.value", contains("later"));
  }

  @Test
  void readsBackFromTheNewestToTheOldest() {
    for (int i = 0; i < 100; i++) {
      append(i % 7 == 0 ? 2 : i % 2, 1_000 + i, Integer.toString(i));
    }
    ports.log().deleteBefore(new TopicPartition(topic, 0), 3);
    List<Integer> values = new ArrayList<>();
    String next = "latest";
    while (!next.isEmpty()) {
      Response page = when().get(path + "?limit=9&before=" + next);
      page.then().statusCode(200);
      values.addAll(page.jsonPath().getList("records.value"));
      next = page.jsonPath().getString("next");
    }
    assertThat(values)
        .isSortedAccordingTo(Comparator.reverseOrder())
        .hasSize(97)
        .doesNotHaveDuplicates();
    when()
        .get(path + "?partition=2&before=latest&limit=2")
        .then()
        .body("records.value", contains(98, 91))
        .body("next", equalTo("2:13"));
    problem(when().get(path + "?before=then"), 400, "invalid-request", "before");
    problem(when().get(path + "?before=latest&from=0"), 400, "invalid-request", "before");
  }

  @Test
  void readsBackOverWhatCannotBeReadAndPartitionsThatAreOffline() {
    append(0, 1, "old");
    ports.log().appendUnreadable(new TopicPartition(topic, 0), 40, 2);
    append(0, 3, "new");
    append(1, 4, "away");
    ports.log().takeOffline(new TopicPartition(topic, 1));
    when()
        .get(path + "?before=latest")
        .then()
        .body("records.value", contains("new", "old"))
        .body("unreadable.offset", contains(1, 0))
        .body("unreadable.partition", contains(0, 1))
        .body("next", equalTo("0:0,1:" + END + ",2:0"));
    problem(when().get(path + "?partition=1&before=latest"), 503, "partition-offline", null);
    ports.log().bringBack(new TopicPartition(topic, 1));
    when()
        .get(path + "?before=0:0,1:" + END + ",2:0")
        .then()
        .body("records.value", contains("away"))
        .body("next", equalTo(""));
  }

  @Test
  void readsBackOverDamageFromTheNewestToTheOldest() {
    TopicPartition first = new TopicPartition(topic, 0);
    for (int i = 0; i < 100; i++) {
      append(0, 1_000 + i, Integer.toString(i));
    }
    append(1, 1_050, "other");
    ports.log().damage(first, 93, 95);
    ports.log().damage(first, 40, 41);
    List<Object> values = new ArrayList<>();
    List<Integer> unreadable = new ArrayList<>();
    String next = "latest";
    while (!next.isEmpty()) {
      Response page = when().get(path + "?limit=9&before=" + next);
      page.then().statusCode(200);
      values.addAll(page.jsonPath().getList("records.value"));
      unreadable.addAll(page.jsonPath().getList("unreadable.offset"));
      unreadable.addAll(page.jsonPath().getList("unreadable.nextOffset"));
      next = page.jsonPath().getString("next");
    }
    assertThat(values).hasSize(98).doesNotHaveDuplicates().startsWith(99, 98, 97, 96, 95, 92);
    assertThat(values.indexOf("other")).isEqualTo(values.indexOf(50) + 1);
    assertThat(unreadable).containsExactly(93, 95, 40, 41);
  }

  @Test
  void readsBackToNothingBehindTheLastPage() {
    append(0, 1, "oldest");
    when()
        .get(path + "?before=")
        .then()
        .statusCode(200)
        .body("records", hasSize(0))
        .body("next", equalTo(""));
  }

  @Test
  void readsAPartitionThatWasOfflineFromWhereItWasToBeRead() {
    TopicPartition second = new TopicPartition(topic, 1);
    append(0, 1_000, "here");
    append(1, 1_000, "before");
    append(1, 3_000, "behind");
    ports.log().takeOffline(second);
    String latest = when().get(path + "?from=latest").jsonPath().getString("next");
    String time = when().get(path + "?from=2000").jsonPath().getString("next");
    assertThat(latest).isEqualTo("0:1,1:" + END + ",2:0");
    assertThat(time).isEqualTo("0:1,1@2000,2:0");
    when()
        .get(path + "?from=" + time)
        .then()
        .body("next", equalTo(time))
        .body("unreadable.partition", contains(1));
    problem(when().get(path + "?partition=1&from=" + time), 503, "partition-offline", null);
    ports.log().bringBack(second);
    when().get(path + "?from=" + time).then().body("records.value", contains("behind"));
    when()
        .get(path + "?from=" + latest)
        .then()
        .body("records", hasSize(0))
        .body("next", equalTo("0:1,1:2,2:0"));
    problem(when().get(path + "?before=1@2000"), 400, "invalid-request", "before");
  }

  @Test
  void readsBackBoundedByWhatItTakesInMemory() {
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 20; i++) {
      append(0, i, large);
    }
    Response page = when().get(path + "?before=latest&limit=100");
    assertThat(page.jsonPath().getList("records")).hasSizeBetween(8, 9);
    assertThat(page.jsonPath().getInt("records[0].offset")).isEqualTo(19);
  }

  @Test
  void startsAtAnOffsetATimeOrEitherEnd() {
    for (int i = 0; i < 5; i++) {
      append(1, 1_000 * i, Integer.toString(i));
    }
    when().get(path + "?partition=1&offset=3").then().body("records.value", contains(3, 4));
    when().get(path + "?from=2000").then().body("records.value", contains(2, 3, 4));
    when().get(path + "?from=1970-01-01T00:00:03.500Z").then().body("records.value", contains(4));
    when()
        .get(path + "?from=latest")
        .then()
        .body("records", hasSize(0))
        .body("next", equalTo("0:0,1:5,2:0"));
    when()
        .get(path + "?partition=1&limit=2")
        .then()
        .body("records", hasSize(2))
        .body("next", equalTo("1:2"));
    when()
        .get(path + "?partition=1&from=1:2&limit=1")
        .then()
        .body("records.value", contains(2))
        .body("next", equalTo("1:3"));
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit, 400",
    "limit=10001, limit, 400",
    "limit=many, limit, 400",
    "partition=3, partition, 404",
    "partition=-1, partition, 400",
    "offset=0, partition, 400",
    "partition=0&offset=9, offset, 400",
    "offset=1&from=latest, offset, 400",
    "from=yesterday, from, 400",
    "from=7:1, partition, 404"
  })
  void wrongParametersAreNamed(String query, String parameter, int status) {
    when()
        .get(path + "?" + query)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("path", equalTo(parameter));
  }

  @Test
  void wrongRecordsAreNamedAndNothingIsStored() {
    problem(post("[{\"value\": 1}, {\"key\": 2}]"), 400, "invalid-request", "/1/value");
    problem(post("[{\"value\": 1}, {\"valeu\": 2}]"), 400, "invalid-request", "/1/valeu");
    problem(post("[{\"value\": 1}, 7]"), 400, "invalid-request", "/1");
    problem(post("{\"records\": {}}"), 400, "invalid-request", "/records");
    problem(
        post("{\"records\": [{\"value\": 1, \"timestamp\": \"noon\"}]}"),
        400,
        "invalid-request",
        "/records/0/timestamp");
    problem(
        post("[{\"value\": \"%\", \"encoding\": \"base64\"}]"), 400, "invalid-request", "/0/value");
    problem(
        post("[{\"value\": 1, \"encoding\": \"base64\"}]"), 400, "invalid-request", "/0/encoding");
    problem(
        post("[{\"value\": 1}, {\"value\": 1, \"partition\": 3}]"),
        400,
        "invalid-request",
        "/1/partition");
    problem(post("[{\"value\": 1}"), 400, "invalid-json", "/");
    problem(post("{\"value\": 1} {}"), 400, "invalid-json", "/");
    problem(post(""), 400, "invalid-request", "/");
    problem(post("[" + "{\"value\":0},".repeat(10_000) + "{\"value\":0}]"), 413, "too-large", null);
    problem(
        given()
            .contentType("application/json")
            .body("{\"value\": 1}")
            .post("/api/v1/topics/none/records"),
        404,
        "unknown-topic",
        "topic");
    problem(
        given()
            .contentType("application/json")
            .body("{\"value\": 1}")
            .post("/api/v1/topics/_events/records"),
        403,
        "internal-topic",
        "topic");
    assertThat(ports.log().all(topic)).isEmpty();
  }

  @Test
  void bodiesBeyondTheLimitAreRefusedWhetherTheySayTheirLengthOrNot() throws Exception {
    byte[] large = ("{\"value\": \"" + "x".repeat(11 << 20) + "\"}").getBytes(UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (HttpRequest.BodyPublisher body :
          List.of(
              HttpRequest.BodyPublishers.ofByteArray(large),
              HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(Api.uri(path))
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":\"too-large\"");
      }
    }
  }

  @Test
  void whatTheLogRefusesIsNotAcknowledged() {
    ports.log().failAppends(new LogException(LogException.Code.DISK_FULL, "The disk is full."));
    Response refused = post("{\"value\": 1}");
    problem(refused, 507, "disk-full", null);
    refused.then().header("Retry-After", equalTo("5")).body("category", equalTo("resource"));
    ports.log().failAppends(new LogException(LogException.Code.PARTITION_OFFLINE, "Offline."));
    problem(post("{\"value\": 1}"), 503, "partition-offline", null);
    ports.log().failAppends(new LogException(LogException.Code.INVALID_RECORD, "It has no key."));
    Response invalid = post("{\"value\": 1}");
    problem(invalid, 400, "invalid-record", null);
    invalid.then().body("category", equalTo("data"));
    ports.log().failAppends(new LogException(LogException.Code.TOO_LARGE, "It is too large."));
    problem(post("{\"value\": 1}"), 413, "too-large", null);
  }

  @Test
  void aDefectIsAnsweredWithANumberAndNoStackTrace() {
    ports.log().failAppends(new LogException(LogException.Code.INTERNAL, "It broke."));
    post("{\"value\": 1}")
        .then()
        .statusCode(500)
        .body("code", equalTo("internal"))
        .body("error_code", nullValue())
        .body(not(containsString("Exception")));
  }

  private Response post(String body) {
    return given().contentType("application/json").body(body).post(path);
  }

  private void append(int partition, long timestamp, String value) {
    InMemoryLog log = ports.log();
    assertThat(
            log.append(
                new TopicPartition(topic, partition),
                List.of(new NewRecord(timestamp, null, value.getBytes(UTF_8), List.of()))))
        .isCompleted();
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  @Test
  void deletesWhatIsBeforeOffsets() {
    String topic = "shortened-" + UUID.randomUUID();
    ports.log().create(topic, 3, TopicSettings.DEFAULT);
    for (int p = 0; p < 3; p++) {
      NewRecord record = new NewRecord(1, null, new byte[1], List.of());
      ports.log().append(new TopicPartition(topic, p), List.of(record, record, record)).join();
    }
    given()
        .queryParam("before", "0:2,2:3")
        .delete("/api/v1/topics/" + topic + "/records")
        .then()
        .statusCode(200)
        .body("partitions.partition", contains(0, 2))
        .body("partitions.startOffset", contains(2, 3))
        .body("partitions.deleted", contains(2, 3));
    assertThat(ports.log().startOffset(new TopicPartition(topic, 1))).isZero();
    given()
        .queryParam("before", "0:1")
        .delete("/api/v1/topics/" + topic + "/records")
        .then()
        .statusCode(200)
        .body("partitions.startOffset", contains(2))
        .body("partitions.deleted", contains(0));
  }

  @Test
  void refusesToDeleteWhatIsNotToBeDeletedAndDeletesNothingThen() {
    String topic = "kept-" + UUID.randomUUID();
    String compacted = "compacted-" + UUID.randomUUID();
    ports.log().create(topic, 2, TopicSettings.DEFAULT);
    ports
        .log()
        .create(
            compacted,
            1,
            new TopicSettings(
                Retention.FOREVER, Compaction.DEFAULT, null, null, null, Segments.DEFAULT));
    NewRecord record = new NewRecord(1, null, new byte[1], List.of());
    ports.log().append(new TopicPartition(topic, 0), List.of(record)).join();
    String records = "/api/v1/topics/" + topic + "/records";
    problem(when().delete(records), 400, "invalid-request", "before");
    problem(when().delete(records + "?before=all"), 400, "invalid-request", "before");
    problem(when().delete(records + "?before=0:1,1:1"), 400, "invalid-request", "before");
    problem(when().delete(records + "?before=0:1,2:0"), 404, "unknown-partition", "partition");
    problem(
        when().delete("/api/v1/topics/" + compacted + "/records?before=0:0"),
        409,
        "topic-only-compacted",
        null);
    problem(
        when().delete("/api/v1/topics/_events/records?before=0:1"), 403, "internal-topic", "topic");
    problem(when().delete("/api/v1/topics/none/records?before=0:1"), 404, "unknown-topic", "topic");
    assertThat(ports.log().startOffset(new TopicPartition(topic, 0))).isZero();
  }
}
