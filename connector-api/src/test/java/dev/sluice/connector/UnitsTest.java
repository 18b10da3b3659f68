package dev.sluice.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @Test
  void readsDurationsAndSizes() {
    assertThat(Units.duration("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Units.duration("7d")).isEqualTo(Duration.ofDays(7));
    assertThat(Units.sizeBytes("10GiB")).isEqualTo(10L << 30);
    assertThat(Units.sizeBytes("2MB")).isEqualTo(2_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "7 d", "-1s", "1.5h", "7D", "7days", "999999999999999d"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Units.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10 GiB", "10gib", "1.5GB", "99999999999TiB"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Units.sizeBytes(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
