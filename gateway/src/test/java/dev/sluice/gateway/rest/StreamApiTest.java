package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.metrics.CarriedMeters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
@Timeout(30)
class StreamApiTest {

  @Inject TestPorts ports;
  @Inject CarriedMeters meters;
  @Inject EventStreams streams;

  private final String topic = "s-" + UUID.randomUUID();

  @BeforeEach
  void createTopic() {
    ports.log().create(topic, 2, TopicSettings.DEFAULT);
  }

  @Test
  void sendsWhatIsThereThenWhatComesAndResumesBehindTheLastEvent() throws Exception {
    append(0, 1, "{\"n\":\n1}");
    append(1, 2, "two");
    String lastId;
    try (Events events = follow("from=earliest", null)) {
      assertThat(events.next())
          .isEqualTo(new Events.Event("0:1,1:0", data(0, 0, 1, "{\"n\":\n1}")));
      assertThat(events.next().data()).contains("\"value\":\"two\"");
      append(0, 3, "three");
      Events.Event third = events.next();
      assertThat(third.data()).contains("\"value\":\"three\"");
      lastId = third.id();
    }
    append(1, 4, "four");
    try (Events events = follow("from=earliest", lastId)) {
      assertThat(events.next().data()).contains("\"value\":\"four\"");
    }
  }

  @Test
  void tellsWhatCannotBeDecodedAndGoesOnBehindIt() throws Exception {
    append(0, 1, "one");
    ports.log().appendUnreadable(new TopicPartition(topic, 0), 3, 2);
    append(0, 3, "two");
    try (Events events = follow("from=earliest", null)) {
      assertThat(events.next().data()).contains("\"value\":\"one\"");
      assertThat(events.next())
          .isEqualTo(
              new Events.Event(
                  "unreadable",
                  "0:4,1:0",
                  "{\"partition\":0,\"offset\":1,\"nextOffset\":4,\"timestamp\":2,"
                      + "\"message\":\"Malformed as told.\"}"));
      assertThat(events.next().data()).contains("\"value\":\"two\"");
    }
  }

  @Test
  void tellsOnceOfAPartitionThatIsOfflineAndGoesOnWithTheOthers() throws Exception {
    append(0, 1, "zero");
    TopicPartition first = new TopicPartition(topic, 0);
    ports.log().takeOffline(first);
    try (Events events = follow("from=earliest", null)) {
      Events.Event told = events.next();
      assertThat(told.name()).isEqualTo("unreadable");
      assertThat(told.data()).contains("\"partition\":0", first + " is offline.");
      append(1, 2, "one");
      assertThat(events.next().data()).contains("\"value\":\"one\"");
      ports.log().bringBack(first);
      assertThat(events.next().data()).contains("\"value\":\"zero\"");
    }
  }

  @Test
  void waitsWhereAPlaceIsDamagedAndGoesOnWithTheOthers() throws Exception {
    append(1, 1, "rotten");
    ports.log().damage(new TopicPartition(topic, 1), 0, 1);
    try (Events events = follow("from=earliest", null)) {
      assertThat(events.next().data()).contains("\"partition\":1", "is damaged at offset 0");
      await()
          .atMost(Duration.ofSeconds(10))
          .during(Duration.ofSeconds(2))
          .until(() -> ports.records().reads(topic), reads -> reads < 20);
      append(0, 2, "zero");
      assertThat(events.next().data()).contains("\"value\":\"zero\"");
    }
  }

  @Test
  void aPartitionThatComesBackIsReadFromWhereTheStreamWasToBegin() throws Exception {
    TopicPartition second = new TopicPartition(topic, 1);
    append(1, 1_000, "old");
    append(1, 3_000, "wanted");
    ports.log().takeOffline(second);
    try (Events latest = follow("", null);
        Events timed = follow("from=2000", null)) {
      assertThat(latest.next().name()).isEqualTo("unreadable");
      Events.Event told = timed.next();
      assertThat(told.name()).isEqualTo("unreadable");
      assertThat(told.id()).isEqualTo("0:0,1@2000");
      ports.log().bringBack(second);
      assertThat(timed.next().data()).contains("\"value\":\"wanted\"");
      // Its stream has seen that the partition is back once it sends this.
      append(0, 4_000, "marker");
      assertThat(latest.next()).satisfies(is("marker", "0:1,1:2"));
      append(1, 5_000, "new");
      assertThat(latest.next().data()).contains("\"value\":\"new\"");
    }
  }

  private static Consumer<Events.Event> is(String value, String id) {
    return event -> {
      assertThat(event.data()).contains("\"value\":\"" + value + "\"");
      assertThat(event.id()).isEqualTo(id);
    };
  }

  @Test
  void startsAtTheEndUnlessToldOtherwise() throws Exception {
    append(0, 1, "old");
    try (Events events = follow("", null)) {
      append(0, 2, "new");
      assertThat(events.next().data()).contains("\"value\":\"new\"");
    }
  }

  @Test
  void saysWhereItBeginsSoThatAClientThatLeavesBeforeTheFirstRecordMissesNone() throws Exception {
    append(0, 1, "old");
    Events.Event start;
    try (Events events = Events.open("/api/v1/topics/" + topic + "/stream", null)) {
      start = events.next();
    }
    assertThat(start).isEqualTo(new Events.Event("start", "0:1,1:0", "{\"next\":\"0:1,1:0\"}"));
    append(0, 2, "meanwhile");
    try (Events events = follow("", start.id())) {
      assertThat(events.next().data()).contains("\"value\":\"meanwhile\"");
    }
  }

  @Test
  void endsWithAProblemWhenTheTopicIsDeleted() throws Exception {
    try (Events events = follow("", null)) {
      ports.log().delete(topic);
      assertThat(events.next().data()).contains("\"code\":\"unknown-topic\"");
      assertThat(events.ended()).isTrue();
    }
  }

  @Test
  void refusesWhatItCannotFollow() {
    problem(when().get("/api/v1/topics/none/stream"), 404, "unknown-topic", "topic");
    problem(
        when().get("/api/v1/topics/" + topic + "/stream?from=then"),
        400,
        "invalid-request",
        "from");
  }

  @Test
  void aClientThatDoesNotReadIsNotReadAhead() throws Exception {
    byte[] megabyte = "x".repeat(1 << 20).getBytes(UTF_8);
    NewRecord record = new NewRecord(1, null, megabyte, List.of());
    ports.log().append(new TopicPartition(topic, 0), Collections.nCopies(1_000, record)).join();
    try (Socket socket = new Socket("127.0.0.1", Api.uri("/").getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/topics/" + topic + "/stream?from=earliest HTTP/1.1\r\nHost: x\r\n\r\n")
                  .getBytes(UTF_8));
      await()
          .atMost(Duration.ofSeconds(20))
          .during(Duration.ofSeconds(2))
          .until(() -> ports.records().read(topic), read -> read > 0 && read < 100);
    }
  }

  @Test
  void goesOnWithTheOldestWhenRetentionHasDeletedWhereItStood() throws Exception {
    append(0, 1, "deleted");
    append(0, 2, "kept");
    ports.log().deleteBefore(new TopicPartition(topic, 0), 1);
    try (Events events = follow("", "0:0,1:0")) {
      assertThat(events.next().data()).contains("\"value\":\"kept\"");
    }
  }

  @Test
  void givesItsPlaceBackWhenTheClientGoes() throws Exception {
    int before = streams.openCount();
    try (Events events = follow("", null)) {
      assertThat(streams.openCount()).isEqualTo(before + 1);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> streams.openCount() <= before);
  }

  @Test
  void overviewsComeWholeFirstThenWhatHasChangedAndAreShared() throws Exception {
    ports.connectors().put(Views.failed("overview-sink", Kind.SINK));
    try (Events one = Events.open("/api/v1/overview/stream", null);
        Events two = Events.open("/api/v1/overview/stream", null)) {
      String first = one.nextWith("\"" + topic + "\"").data();
      assertThat(first).contains("overview-sink").contains("The database does not answer.");
      assertThat(one.nextWith("\"connectors\":[]").name()).isEqualTo("changed");
      append(0, 1, "x");
      Events.Event busy = one.nextWith(topic);
      assertThat(busy.data()).contains("recordsPerSecond").doesNotContain("overview-sink");
      assertThat(two.nextWith(time(busy.data()))).isEqualTo(busy);
      ports.connectors().clear();
      Events.Event gone = one.nextWith("overview-sink");
      assertThat(gone.data())
          .contains("\"goneConnectors\":[\"overview-sink\"]")
          .contains("\"attention\":[");
    }
    when().get("/api/v1/overview").then().statusCode(200);
  }

  @Test
  void overviewsTellWhatARuleWrites() throws Exception {
    ports.connectors().put(Views.running("overview-rule", Kind.RULE));
    try (Events events = Events.open("/api/v1/overview/stream", null)) {
      meters.wrote("overview-rule", 0, "orders", 1);
      assertThat(events.nextWith("overview-rule").data())
          .contains("\"writes\":[\"orders\"],\"deadLetterTopic\":\"dead\"");
      for (String data = ""; !data.contains("\"writes\":[{\"topic\":\"orders\",\"recordsPerS"); ) {
        meters.wrote("overview-rule", 0, "orders", 1_000);
        data = events.next().data();
      }
    } finally {
      ports.connectors().clear();
    }
  }

  @Test
  void aConnectorIsSentAtOnceAndWhenItHasChangedUntilItIsRemoved() throws Exception {
    ports.connectors().put(Views.running("followed", Kind.SINK));
    try (Events events = Events.open("/api/v1/connectors/followed/stream", null)) {
      assertThat(events.next().data()).contains("\"state\":\"RUNNING\"");
      ports.connectors().put(Views.failed("followed", Kind.SINK));
      assertThat(events.next().data())
          .contains("\"state\":\"FAILED\"", "\"taskDetails\"", "ConnectException");
      ports.connectors().clear();
      assertThat(events.next().data()).contains("\"code\":\"unknown-connector\"");
      assertThat(events.ended()).isTrue();
    }
    problem(when().get("/api/v1/connectors/none/stream"), 404, "unknown-connector", "connector");
  }

  private static String time(String overview) {
    return overview.substring(0, overview.indexOf(','));
  }

  private static String data(int partition, long offset, long timestamp, String value) {
    return "{\"partition\":%d,\"offset\":%d,\"timestamp\":%d,\"key\":null,\"value\":%s,\"headers\":[]}"
        .formatted(partition, offset, timestamp, value);
  }

  private void append(int partition, long timestamp, String value) {
    assertThat(
            ports
                .log()
                .append(
                    new TopicPartition(topic, partition),
                    List.of(new NewRecord(timestamp, null, value.getBytes(UTF_8), List.of()))))
        .isCompleted();
  }

  private Events follow(String query, @Nullable String lastEventId) throws Exception {
    Events events = Events.open("/api/v1/topics/" + topic + "/stream?" + query, lastEventId);
    assertThat(events.comment()).isEqualTo("following " + topic);
    assertThat(events.next().name()).isEqualTo("start");
    return events;
  }
}
