package dev.sluice.gateway.connect;

import static dev.sluice.gateway.connect.Gateway.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.TopicPartition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceToSinkTest {

  private final Gateway gateway = new Gateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void carriesFromSourceThroughTopicToSink() {
    gateway.source.offer("a", "b", "c");

    gateway.apply(Specs.source("in", "list", "letters"), Specs.sink("out", "list", "letters"));

    eventually(() -> gateway.sink.received.equals(List.of("a", "b", "c")));
    eventually(() -> gateway.source.acknowledged.size() == 3);
    assertThat(gateway.records.values("letters")).containsExactly("a", "b", "c");
    eventually(
        () ->
            gateway
                .runtime
                .sinkPositions("out")
                .equals(Map.of(new TopicPartition("letters", 0), 3L)));
    assertThat(gateway.runtime.sourcePositions("in").getFirst().offset())
        .isEqualTo(Map.of("next", 3));
    assertThat(gateway.task("in").records()).isEqualTo(3);
    assertThat(gateway.task("in").bytes()).isEqualTo(3);
    eventually(() -> gateway.task("out").records() == 3);
    assertThat(gateway.task("out").lag()).isZero();
    assertThat(gateway.runtime.find("in").orElseThrow().topics()).containsExactly("letters");
    assertThat(gateway.runtime.find("in").orElseThrow().written()).containsExactly("letters");
    assertThat(gateway.runtime.find("out").orElseThrow().written()).isEmpty();
  }

  @Test
  void goesOnFromDurablePositionsAfterARestart() {
    gateway.source.offer("a", "b");
    gateway.apply(Specs.source("in", "list", "letters"), Specs.sink("out", "list", "letters"));
    eventually(() -> gateway.sink.received.size() == 2 && gateway.source.acknowledged.size() == 2);
    gateway.runtime.close();

    gateway.source.offer("c");
    gateway.kill();
    gateway.apply(Specs.source("in", "list", "letters"), Specs.sink("out", "list", "letters"));

    eventually(() -> gateway.sink.received.equals(List.of("a", "b", "c")));
    assertThat(gateway.records.values("letters")).containsExactly("a", "b", "c");
  }

  @Test
  void losesNothingWhenKilledInTheMiddle() {
    List<String> all = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
    all.forEach(gateway.source::offer);
    for (int round = 1; round <= 5; round++) {
      gateway.apply(Specs.source("in", "list", "numbers"), Specs.sink("out", "list", "numbers"));
      int enough = round * 200;
      eventually(() -> new HashSet<>(gateway.sink.received).size() >= enough);
      gateway.kill();
    }
    gateway.apply(Specs.source("in", "list", "numbers"), Specs.sink("out", "list", "numbers"));

    eventually(() -> new HashSet<>(gateway.sink.received).size() == all.size());
    List<String> firstTimes = gateway.records.values("numbers").stream().distinct().toList();
    assertThat(firstTimes).isEqualTo(all);
  }
}
