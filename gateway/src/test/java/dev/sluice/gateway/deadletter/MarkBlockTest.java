package dev.sluice.gateway.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.deadletter.Mark.Act;
import dev.sluice.gateway.log.LogException;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MarkBlockTest {

  private static final Mark SENT = new Mark(Act.SENT, Instant.ofEpochMilli(1_000), "warehouse");
  private static final Mark DISCARDED = new Mark(Act.DISCARDED, Instant.ofEpochMilli(2_000), "");

  @Test
  void comesBackAsItWasStored() {
    MarkBlock block =
        MarkBlock.read(null)
            .with(SENT, List.of(3_000L, 3_001L, 3_002L, 3_999L))
            .with(DISCARDED, List.of(3_005L));
    MarkBlock read = MarkBlock.read(block.toBytes());

    assertThat(read.of(3_001)).isEqualTo(SENT);
    assertThat(read.of(3_999)).isEqualTo(SENT);
    assertThat(read.of(3_005)).isEqualTo(DISCARDED);
    assertThat(read.of(3_003)).isNull();
    assertThat(new String(block.toBytes(), UTF_8)).contains("\"0-2,999\"");
  }

  @Test
  void theLastMarkOfALetterCounts() {
    MarkBlock block =
        MarkBlock.read(null).with(SENT, List.of(0L, 1L)).with(DISCARDED, List.of(0L, 1L));

    assertThat(block.of(0)).isEqualTo(DISCARDED);
    assertThat(new String(block.toBytes(), UTF_8)).doesNotContain("sent");
  }

  @Test
  void aBlockThatIsDealtWithAtOnceTakesFewBytes() {
    List<Long> all = LongStream.range(0, MarkBlock.SIZE).boxed().toList();

    assertThat(MarkBlock.read(null).with(SENT, all).toBytes()).hasSizeLessThan(100);
  }

  @Test
  void saysSoIfItCannotBeRead() {
    assertThatThrownBy(() -> MarkBlock.read("[{\"did\":\"eaten\"}]".getBytes(UTF_8)))
        .isInstanceOf(LogException.class);
  }

  @Test
  void isNotAboutLettersThatWereSetAsideLater() {
    assertThat(SENT.fits(Instant.ofEpochMilli(1_000))).isTrue();
    assertThat(SENT.fits(Instant.ofEpochMilli(1_001))).isFalse();
    assertThat(SENT.fits(null)).isTrue();
  }
}
