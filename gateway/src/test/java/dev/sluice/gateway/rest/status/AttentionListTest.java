package dev.sluice.gateway.rest.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rest.status.Attention.Kind;
import dev.sluice.gateway.rest.status.Attention.Severity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttentionListTest {

  @Test
  void ofAKindThatIsManyTheFirstOnesAreListedAndTheOthersCounted() {
    List<Attention> all =
        Stream.of(some(Kind.OFFLINE, 2_000), some(Kind.FAILED, 20), some(Kind.STUMBLING, 21))
            .flatMap(List::stream)
            .toList();
    AttentionList list = AttentionList.of(all);
    assertThat(list.listed()).hasSize(60);
    assertThat(list.listed().subList(0, 20)).isEqualTo(all.subList(0, 20));
    assertThat(list.omitted())
        .containsExactly(
            new AttentionList.Omitted(Kind.OFFLINE, 1_980),
            new AttentionList.Omitted(Kind.STUMBLING, 1));
  }

  private static List<Attention> some(Kind kind, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Attention(kind, Severity.ERROR, "x" + i, "It fails.", null, null))
        .toList();
  }
}
