package dev.sluice.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.events.MovedPositions.Move;
import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MovedPositionsTest {

  @Test
  void saysFromWhereToWhereByPartition() {
    TopicPartition zero = new TopicPartition("orders", 0);
    TopicPartition one = new TopicPartition("orders", 1);
    assertThat(MovedPositions.text(Map.of(zero, 7L), Map.of(one, 5L, zero, 0L)))
        .isEqualTo("orders-0 from 7 to 0, orders-1 from none to 5");
    assertThat(MovedPositions.text(List.of(new Move("{\"file\":\"a\"}", "{\"line\":3}", null))))
        .isEqualTo("{\"file\":\"a\"} from {\"line\":3} to none");
  }

  @Test
  void staysShortHoweverManyAndLongTheyAre() {
    String endless = "x".repeat(119) + "😀".repeat(1_000);
    List<Move> many =
        IntStream.range(0, 1_000).mapToObj(i -> new Move(endless, endless, endless)).toList();
    String text = MovedPositions.text(many);
    assertThat(text).hasSizeLessThan(4_000).endsWith("x… and 990 more");
  }
}
