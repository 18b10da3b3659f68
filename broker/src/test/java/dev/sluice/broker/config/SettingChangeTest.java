package dev.sluice.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.Test;

class SettingChangeTest {

  private static final Settings SETTINGS = TopicSettingsMapping.settings();

  @Test
  void valuesAreSetAndCleared() {
    Map<String, String> changed =
        apply(
            Map.of("retention.ms", "5", "retention.bytes", "6"),
            new SettingChange.Assign("retention.ms", " 7 "),
            new SettingChange.Clear("retention.bytes"),
            new SettingChange.Clear("segment.ms"));
    assertThat(changed).isEqualTo(Map.of("retention.ms", "7"));
  }

  @Test
  void listsGrowFromTheirDefaultAndShrink() {
    assertThat(apply(Map.of(), new SettingChange.Append("cleanup.policy", "compact,delete")))
        .isEqualTo(Map.of("cleanup.policy", "delete,compact"));
    assertThat(
            apply(
                Map.of("cleanup.policy", "compact,delete"),
                new SettingChange.Subtract("cleanup.policy", "delete")))
        .isEqualTo(Map.of("cleanup.policy", "compact"));
    assertThat(apply(Map.of(), new SettingChange.Subtract("cleanup.policy", "compact")))
        .isEqualTo(Map.of("cleanup.policy", "delete"));
  }

  @Test
  void whatIsNoListIsNotAppendedTo() {
    assertThatThrownBy(() -> apply(Map.of(), new SettingChange.Append("retention.ms", "5")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("not a list");
  }

  @Test
  void noChangeIsTakenOfWhatIsUnknownOrNotAllowed() {
    assertThatThrownBy(() -> apply(Map.of(), new SettingChange.Clear("unknown")))
        .isInstanceOf(InvalidConfigurationException.class);
    assertThatThrownBy(() -> apply(Map.of(), new SettingChange.Append("cleanup.policy", "burn")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("burn");
  }

  @Test
  void anOldValueThatIsNoLongerAllowedDoesNotBlockOtherChanges() {
    assertThat(
            apply(Map.of("segment.bytes", "65536"), new SettingChange.Assign("retention.ms", "5")))
        .isEqualTo(Map.of("segment.bytes", "65536", "retention.ms", "5"));
  }

  private static Map<String, String> apply(Map<String, String> set, SettingChange... changes) {
    return SettingChange.apply(set, List.of(changes), SETTINGS);
  }
}
