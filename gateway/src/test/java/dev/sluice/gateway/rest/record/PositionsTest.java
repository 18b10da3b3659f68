package dev.sluice.gateway.rest.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {

  @Test
  void areReadAsTheyWereWrittenHoweverManyTheyAre() {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    TreeMap<Integer, Long> times = new TreeMap<>();
    IntStream.range(0, 50_000).forEach(i -> offsets.put(i, i * 7L));
    IntStream.range(50_000, 100_000).forEach(i -> times.put(i, 1_767_225_600_000L));
    Positions all = new Positions(offsets, times);
    assertThat(Positions.parsePlaces(all.toString())).contains(all);
    Positions known = new Positions(offsets);
    assertThat(Positions.parse(known.toString())).contains(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "0:1,", ",0:1", "0:1,,1:2", "0:1,1", "0:x", "123456:1", "0@1"})
  void nothingElseIsTakenForThem(String text) {
    assertThat(Positions.parse(text)).isEmpty();
  }
}
