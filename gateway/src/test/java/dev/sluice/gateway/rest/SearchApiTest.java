package dev.sluice.gateway.rest;

import static dev.sluice.gateway.rest.Api.problem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.connector.Header;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Events.Event;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
@Timeout(60)
class SearchApiTest {

  @Inject TestPorts ports;
  @Inject EventStreams streams;

  private final String topic = "search-" + UUID.randomUUID();
  private final TopicPartition first = new TopicPartition(topic, 0);
  private final TopicPartition second = new TopicPartition(topic, 1);

  @BeforeEach
  void createTopic() {
    ports.log().create(topic, 2, TopicSettings.DEFAULT);
  }

  @Test
  void tellsOfMatchesThenHowItEnded() throws Exception {
    append(first, IntStream.range(0, 1_000).mapToObj(Orders::order).toList());
    List<Event> events = search("jq=" + encoded(".n % 400 == 0"));
    assertThat(named(events, "match"))
        .extracting(event -> JsonPath.from(event.data()).getInt("value.n"))
        .containsExactly(800, 400, 0);
    Event end = events.getLast();
    assertThat(end.name()).isEqualTo("end");
    JsonPath told = JsonPath.from(end.data());
    assertThat(told.getString("reason")).isEqualTo("end");
    assertThat(told.getLong("progress.scanned")).isEqualTo(1_000);
    assertThat(told.getLong("progress.matches")).isEqualTo(3);
    assertThat(told.getDouble("progress.fraction")).isEqualTo(1);
    assertThat(told.getLong("progress.bytes")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "key=k-7,1",
    "keyContains=k-7,11",
    "header=even,50",
    "header=even=2,1",
    "header=even&header=even=2,1",
    "text=n%22:7,11",
    "text=n%22:7&header=even,5",
    "jsonpath=%24%5B%3F(%40.n%20%3E%2097)%5D,2",
    "partition=0,50",
    "'partition=0,1',100",
    "from=latest-10,20",
    "from=1970-01-01T00:00:00.020Z&to=1970-01-01T00:00:00.030Z,10",
    "'from=0:10,1:10&to=0:12,1:11',3",
    "to=1:5,55",
  })
  void conditionsAndRangesAreCombined(String query, int matches) throws Exception {
    for (int i = 0; i < 100; i++) {
      append(i % 2 == 0 ? first : second, List.of(Orders.order(i)));
    }
    assertThat(named(search(query), "match")).hasSize(matches);
  }

  @ParameterizedTest
  @CsvSource({"order=newest", "order=oldest", "from=latest-10", "from=1970-01-01T00:00:00Z"})
  void searchesTheOtherPartitionsWhereOneIsOffline(String query) throws Exception {
    append(first, List.of(Orders.order(1)));
    append(second, List.of(Orders.order(2)));
    ports.log().takeOffline(first);
    List<Event> events = search(query);
    assertThat(named(events, "match")).hasSize(1);
    assertThat(named(events, "unreadable"))
        .singleElement()
        .satisfies(event -> assertThat(event.data()).contains(first + " is offline."));
    JsonPath end = JsonPath.from(events.getLast().data());
    assertThat(end.getString("reason")).isEqualTo("offline");
    assertThat(end.getDouble("progress.fraction")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"order=newest", "order=oldest"})
  void goesOnWithAPartitionThatWasOffline(String query) throws Exception {
    append(first, IntStream.range(0, 5).mapToObj(Orders::order).toList());
    append(second, List.of(Orders.order(5)));
    ports.log().takeOffline(first);
    JsonPath end = JsonPath.from(search(query).getLast().data());
    assertThat(end.getString("from")).startsWith("0:0,");
    assertThat(end.getString("to")).startsWith("1:");
    ports.log().bringBack(first);
    List<Event> rest =
        search(query + "&from=" + end.getString("from") + "&to=" + end.getString("to"));
    assertThat(named(rest, "match")).hasSize(5);
    assertThat(JsonPath.from(rest.getLast().data()).getString("reason")).isEqualTo("end");
  }

  @Test
  void goesOnWhereItEnded() throws Exception {
    append(first, IntStream.range(0, 30).mapToObj(Orders::order).toList());
    JsonPath end = JsonPath.from(search("limit=20").getLast().data());
    assertThat(end.getString("reason")).isEqualTo("limit");
    List<Event> rest =
        search("limit=20&from=" + end.getString("from") + "&to=" + end.getString("to"));
    assertThat(named(rest, "match"))
        .extracting(event -> JsonPath.from(event.data()).getLong("offset"))
        .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
  }

  @Test
  void countsWhatAnExpressionSaysNothingAboutAndTellsWhatCannotBeDecoded() throws Exception {
    append(first, List.of(record("text"), record("{\"n\": 1}")));
    ports.log().appendUnreadable(first, 2, 1);
    List<Event> events = search("order=oldest&jq=" + encoded(".n > 0"));
    assertThat(events.stream().map(Event::name).filter(name -> !name.equals("progress")))
        .containsExactly("match", "unreadable", "end");
    JsonPath end = JsonPath.from(events.getLast().data());
    assertThat(end.getLong("progress.notEvaluated")).isEqualTo(1);
    assertThat(end.getLong("progress.unreadable")).isEqualTo(1);
  }

  @Test
  void refusesWhatItDoesNotUnderstandBeforeItBegins() {
    refused("jq", ".n >");
    refused("jq", "nonsense(.n)");
    refused("jsonpath", "$[?(@.n >");
    refused("order", "random");
    refused("limit", "10001");
    refused("from", "then");
    refused("to", "then");
    refused("partition", "one");
    refused("text", "x".repeat(2_001));
    refused("isolation", "some");
    problem(given().get("/api/v1/topics/none/search"), 404, "unknown-topic", "topic");
    problem(
        given().queryParam("partition", "0,2").get("/api/v1/topics/" + topic + "/search"),
        404,
        "unknown-partition",
        "partition");
  }

  private void refused(String parameter, String value) {
    problem(
        given().queryParam(parameter, value).get("/api/v1/topics/" + topic + "/search"),
        400,
        "invalid-request",
        parameter);
  }

  @Test
  void aClientThatDoesNotReadIsNotReadAheadAndOneThatGoesStopsTheSearch() throws Exception {
    NewRecord megabyte = new NewRecord(1, null, "x".repeat(1 << 20).getBytes(UTF_8), List.of());
    append(first, Collections.nCopies(2_000, megabyte));
    int before = streams.openCount();
    List<Events> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(Events.open("/api/v1/topics/" + topic + "/search?limit=10000&order=oldest", null));
    }
    problem(given().get("/api/v1/topics/" + topic + "/search"), 503, "too-many-searches", null);
    for (Events events : all) {
      assertThat(events.nextWith("\"value\"").name()).isEqualTo("match");
      events.close();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(search("limit=1").getLast().name()).isEqualTo("end"));
    assertThat(streams.openCount()).isLessThanOrEqualTo(before);
    assertThat(ports.records().read(topic)).isLessThan(4 * 500);
  }

  /** What is searched for. */
  private static final class Orders {

    static NewRecord order(int i) {
      List<Header> headers =
          i % 2 == 0 ? List.of(new Header("even", ("" + i).getBytes(UTF_8))) : List.of();
      byte[] value = ("{\"n\":" + i + "}").getBytes(UTF_8);
      return new NewRecord(i, ("k-" + i).getBytes(UTF_8), value, headers);
    }
  }

  private static NewRecord record(String value) {
    return new NewRecord(1, null, value.getBytes(UTF_8), List.of());
  }

  private void append(TopicPartition partition, List<NewRecord> records) {
    ports.log().append(partition, records).join();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static List<Event> named(List<Event> events, String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  /** Everything a search sends. */
  private List<Event> search(String query) throws Exception {
    try (Events stream = Events.open("/api/v1/topics/" + topic + "/search?" + query, null)) {
      List<Event> events = new ArrayList<>();
      do {
        events.add(stream.next());
      } while (!events.getLast().name().equals("end"));
      assertThat(stream.ended()).isTrue();
      return events;
    }
  }
}
