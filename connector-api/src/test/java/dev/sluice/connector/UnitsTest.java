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

  @Test
  void writesInTheLargestUnitThatDivides() {
    assertThat(Units.format(Duration.ofDays(7))).isEqualTo("7d");
    assertThat(Units.format(Duration.ofMinutes(90))).isEqualTo("90m");
    assertThat(Units.format(Duration.ofMillis(1_500))).isEqualTo("1500ms");
    assertThat(Units.format(Duration.ZERO)).isEqualTo("0ms");
    assertThat(Units.formatSize(10L << 30)).isEqualTo("10GiB");
    assertThat(Units.formatSize(1_500)).isEqualTo("1500B");
    assertThat(Units.formatSize(0)).isEqualTo("0B");
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
