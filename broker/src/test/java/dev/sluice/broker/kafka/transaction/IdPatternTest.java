package dev.sluice.broker.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.junit.jupiter.api.Test;

class IdPatternTest {

  @Test
  void matchesWholeIds() {
    assertThat(IdPattern.of("shop-.*").matches("shop-1")).isTrue();
    assertThat(IdPattern.of("shop").matches("shop-1")).isFalse();
    assertThat(IdPattern.of(null).matches("anything")).isTrue();
    assertThat(IdPattern.of("").matches("anything")).isTrue();
  }

  @Test
  void refusesWhatIsNoPattern() {
    assertThatThrownBy(() -> IdPattern.of("(")).isInstanceOf(InvalidRegularExpression.class);
  }

  @Test
  void givesUpOnPatternsThatTakeForEver() {
    IdPattern slow = IdPattern.of("(a+)+(b+)+c");
    String id = "a".repeat(3_000) + "b".repeat(3_000);
    assertThatThrownBy(() -> slow.matches(id)).isInstanceOf(InvalidRegularExpression.class);
    IdPattern deep = IdPattern.of("(a|b)*");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                assertThat(deep.matches("ab".repeat(15_000))).isTrue();
              }
            })
        .isInstanceOf(InvalidRegularExpression.class);
  }
}
