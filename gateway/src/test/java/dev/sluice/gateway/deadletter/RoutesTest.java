package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.Header;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.TransformSpec;
import dev.sluice.gateway.connect.Specs;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final Instant TIME = Instant.ofEpochMilli(1_000);
  private static final Target ORIGIN = new Target.Origin();

  private final ConnectorSpec sink = Specs.sink("out", "list", "orders");
  private final ConnectorSpec source = Specs.source("in", "list", "shop.{table}");
  private Map<String, ConnectorSpec> connectors = Map.of("out", sink, "in", source);

  private Route route(NewRecord letter, Target target, Edit edit) {
    return routes().route(letter(letter), target, edit);
  }

  private Routes routes() {
    return new Routes(name -> Optional.ofNullable(connectors.get(name)));
  }

  private static Letter letter(NewRecord letter) {
    StoredRecord stored =
        new StoredRecord(
            new TopicPartition("dead", 0),
            3,
            letter.timestampMillis(),
            letter.key(),
            letter.value(),
            letter.headers());
    return LetterHeaders.letter(stored).orElseThrow();
  }

  private static NewRecord ofSink() {
    return TestLetters.ofSink("out", "orders", 41, "refused", "bad", TIME);
  }

  private static NewRecord ofSource(String table) {
    return TestLetters.ofSource("in", "csv-malformed", "raw", Map.of("table", table), TIME);
  }

  private static String code(Route route) {
    return ((Route.Refused) route).code();
  }

  private static Edit value(String text) {
    return new Edit(null, new Edit.Content(text.getBytes(UTF_8)));
  }

  @Test
  void aSinksLetterGoesToThatSinkAloneAndTellsWhereItStood() {
    Route.Send send = (Route.Send) route(ofSink(), ORIGIN, Edit.NONE);

    assertThat(send.topic()).isEqualTo(OwnTopics.redelivery("out"));
    assertThat(send.to()).isEqualTo("out");
    assertThat(send.content().value()).isEqualTo("bad".getBytes(UTF_8));
    assertThat(TestLetters.texts(send.content().headers()))
        .containsExactly(
            "own=kept",
            "__sluice.redelivery.topic=orders",
            "__sluice.redelivery.partition=0",
            "__sluice.redelivery.offset=41",
            "__sluice.redelivery.count=1");
    assertThat(routes().destination(letter(ofSink()))).isEqualTo(new Destination.Connector("out"));
  }

  @Test
  void goesIntoATopicAsItWasIfThatIsWanted() {
    Route.Send own = (Route.Send) route(ofSink(), new Target.Topic(null), Edit.NONE);
    Route.Send other = (Route.Send) route(ofSink(), new Target.Topic("other"), value("good"));

    assertThat(own.topic()).isEqualTo("orders");
    assertThat(TestLetters.texts(own.content().headers())).containsExactly("own=kept");
    assertThat(other.topic()).isEqualTo("other");
    assertThat(other.content().value()).isEqualTo("good".getBytes(UTF_8));
  }

  @Test
  void aSourcesLetterGoesWhereItsTemplateSays() {
    Route.Send send = (Route.Send) route(ofSource("orders"), ORIGIN, value("{\"id\": 1}"));

    assertThat(send.topic()).isEqualTo("shop.orders");
    assertThat(send.content().value()).isEqualTo("{\"id\": 1}".getBytes(UTF_8));
    assertThat(routes().destination(letter(ofSource("orders"))))
        .isEqualTo(new Destination.Topic("shop.{table}"));
  }

  @Test
  void goesThroughTheTransformsOfItsSourceAndItsKey() {
    ConnectorSpec changing =
        Specs.withKey(
            Specs.with(source, new TransformSpec.SetValue(null, Specs.jq("{doubled: (.id * 2)}"))),
            "{value.doubled}");
    connectors = Map.of("in", changing);
    Route.Send send = (Route.Send) route(ofSource("orders"), ORIGIN, value("{\"id\": 2}"));

    assertThat(send.content().value()).isEqualTo("{\"doubled\":4}".getBytes(UTF_8));
    assertThat(send.content().key()).isEqualTo("4".getBytes(UTF_8));
    assertThat(code(route(ofSource("orders"), ORIGIN, value("[]")))).isNotEmpty();
  }

  @Test
  void whatWasNotKeptWholeIsSentOnlyWithAValue() {
    NewRecord whole = ofSink();
    List<Header> headers = new ArrayList<>(whole.headers());
    headers.add(Header.of("__sluice.cut.value.bytes", "2000000"));
    NewRecord cut = new NewRecord(5, whole.key(), whole.value(), headers);

    assertThat(code(route(cut, ORIGIN, Edit.NONE))).isEqualTo("letter-cut");
    assertThat(routes().destination(letter(cut))).isInstanceOf(Destination.Nowhere.class);
    assertThat(route(cut, ORIGIN, value("good"))).isInstanceOf(Route.Send.class);
  }

  @Test
  void noLetterGoesIntoATopicOfTheGateway() {
    NewRecord forged = TestLetters.ofSink("out", "_connector_configs", 41, "a", "bad", TIME);
    NewRecord redirected = TestLetters.ofSink("out", "_redelivery.other", 41, "a", "bad", TIME);
    NewRecord produced =
        TestLetters.at(
            "KAFKA_PRODUCE", "in", "a", "raw", Map.of("topic", "_connector_configs"), TIME);
    connectors = Map.of("out", sink, "in", Specs.source("in", "list", "{table}"));

    assertThat(code(route(forged, new Target.Topic(null), Edit.NONE))).isEqualTo("internal-topic");
    assertThat(code(route(redirected, new Target.Topic(null), Edit.NONE)))
        .isEqualTo("internal-topic");
    assertThat(code(route(produced, ORIGIN, Edit.NONE))).isEqualTo("internal-topic");
    assertThat(code(route(ofSource("_events"), ORIGIN, value("{}")))).isEqualTo("internal-topic");
    assertThat(routes().destination(letter(produced))).isInstanceOf(Destination.Nowhere.class);
    assertThat(route(forged, ORIGIN, Edit.NONE))
        .as("to the sink itself, whatever its letter says of where it stood")
        .isInstanceOf(Route.Send.class);
  }

  @Test
  void saysSoIfTheConnectorIsGone() {
    connectors = Map.of();

    assertThat(code(route(ofSink(), ORIGIN, Edit.NONE))).isEqualTo("connector-unknown");
    assertThat(code(route(ofSource("a"), ORIGIN, Edit.NONE))).isEqualTo("connector-unknown");
    assertThat(route(ofSink(), new Target.Topic(null), Edit.NONE)).isInstanceOf(Route.Send.class);
  }
}
