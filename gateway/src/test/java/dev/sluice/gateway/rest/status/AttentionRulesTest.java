package dev.sluice.gateway.rest.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.history.GrowingLag;
import dev.sluice.gateway.history.Rejected;
import dev.sluice.gateway.log.DamagedPlace;
import dev.sluice.gateway.log.Disk.Space;
import dev.sluice.gateway.log.GroupState;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.rest.Views;
import dev.sluice.gateway.rest.group.GroupSummary;
import dev.sluice.gateway.rest.status.Attention.Kind;
import dev.sluice.gateway.rest.status.Attention.Severity;
import dev.sluice.gateway.rest.status.AttentionRules.Facts;
import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import dev.sluice.gateway.rest.topic.RetentionJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttentionRulesTest {

  private static final long GIB = 1L << 30;
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, GrowingLag> GROWING =
      Map.of("connect-sink", new GrowingLag(TIME.toEpochMilli(), 12_000, 10.0));

  @Test
  void isNothingWhileAllIsWell() {
    assertThat(
            AttentionRules.of(
                facts(
                    List.of(
                        ConnectorSummary.of(Views.running("sink", ConnectorSpec.Kind.SINK), null)),
                    Map.of(),
                    500 * GIB)))
        .isEmpty();
  }

  @Test
  void beginsWithTheWorst() {
    Facts facts =
        new Facts(
            List.of(topic("orders", List.of("orders-3: bad checksum"))),
            List.of(ConnectorSummary.of(Views.failed("sink", ConnectorSpec.Kind.SINK), null)),
            List.of(),
            Map.of(),
            Map.of("source", new Rejected(1, TIME.toEpochMilli())),
            Optional.of(new Space("/data", 100 * GIB, GIB / 8)),
            List.of(new DamagedPlace("returns", "A segment is damaged.")),
            Optional.of(new Event("config.rejected", "configuration", "a mistake", TIME)));
    assertThat(AttentionRules.of(facts))
        .extracting(Attention::kind)
        .containsExactly(
            Kind.DISK,
            Kind.OFFLINE,
            Kind.FAILED,
            Kind.DEAD_LETTERS,
            Kind.CONFIGURATION,
            Kind.DAMAGE);
    assertThat(AttentionRules.of(facts).getLast().subject()).isEqualTo("returns");
  }

  @Test
  void aGrowingLagIsToldWithItsPaceAndACure() {
    ConnectorView sink = Views.running("sink", ConnectorSpec.Kind.SINK);
    Attention lag =
        AttentionRules.of(facts(List.of(ConnectorSummary.of(sink, null)), GROWING, 500 * GIB))
            .getFirst();
    assertThat(lag.kind()).isEqualTo(Kind.GROWING_LAG);
    assertThat(lag.subject()).isEqualTo("connect-sink");
    assertThat(lag.message())
        .isEqualTo("12,000 records wait, and they become more by 600 a minute.");
    assertThat(lag.since()).isEqualTo(TIME);
  }

  @Test
  void aGrowingLagIsNoNewsWhereTheConnectorFailsOrWasHalted() {
    ConnectorView failed = Views.failed("sink", ConnectorSpec.Kind.SINK);
    assertThat(
            AttentionRules.of(
                facts(List.of(ConnectorSummary.of(failed, null)), GROWING, 500 * GIB)))
        .extracting(Attention::kind)
        .containsExactly(Kind.FAILED);
    ConnectorView running = Views.running("sink", ConnectorSpec.Kind.SINK);
    ConnectorView paused =
        new ConnectorView(
            running.spec(),
            TargetState.PAUSED,
            running.state(),
            running.tasks(),
            running.topics(),
            running.written());
    assertThat(
            AttentionRules.of(
                facts(List.of(ConnectorSummary.of(paused, null)), GROWING, 500 * GIB)))
        .isEmpty();
  }

  @Test
  void spaceIsLowBySizeAndByPart() {
    assertThat(AttentionRules.disk(new Space("/d", 1_000 * GIB, 30 * GIB))).isEmpty();
    assertThat(severity(new Space("/d", 1_000 * GIB, 19 * GIB))).isEqualTo(Severity.WARNING);
    assertThat(severity(new Space("/d", 4 * GIB, GIB - 1))).isEqualTo(Severity.WARNING);
    assertThat(severity(new Space("/d", 4 * GIB, 1))).isEqualTo(Severity.ERROR);
    assertThat(AttentionRules.disk(new Space("/d", 20 * GIB, 2 * GIB))).isEmpty();
  }

  private static @Nullable Severity severity(Space space) {
    return AttentionRules.disk(space).map(Attention::severity).orElse(null);
  }

  private static TopicSummary topic(String name, List<String> offline) {
    return new TopicSummary(
        name, false, 4, 0, null, 0, RetentionJson.of(Retention.FOREVER), false, offline);
  }

  private static Facts facts(
      List<ConnectorSummary> connectors, Map<String, GrowingLag> growing, long freeBytes) {
    GroupSummary group =
        new GroupSummary(
            "connect-sink", "classic", GroupState.EMPTY, 0, List.of("orders"), 1, 12_000, "sink");
    return new Facts(
        List.of(topic("orders", List.of())),
        connectors,
        List.of(group),
        growing,
        Map.of(),
        Optional.of(new Space("/data", 1_000 * GIB, freeBytes)),
        List.of(),
        Optional.empty());
  }
}
