package dev.sluice.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.junit.jupiter.api.Test;

class GroupSettingsTest {

  private final GroupSettings groups = GroupSettings.standard();

  @Test
  void theyAreThoseOfTheCoordinatorWithItsDefaults() {
    assertThat(groups.settings().all().stream().map(Setting::name).collect(Collectors.toSet()))
        .isEqualTo(GroupConfig.configNames());
    assertThat(groups.settings().require("consumer.session.timeout.ms").standard())
        .isEqualTo("45000");
    assertThat(groups.settings().require("share.auto.offset.reset").standard()).isEqualTo("latest");
  }

  @Test
  void theBoundsAreTheCoordinators() {
    groups.check(Map.of("consumer.session.timeout.ms", "50000"));
    assertThatThrownBy(() -> groups.check(Map.of("consumer.session.timeout.ms", "1")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("consumer.session.timeout.ms");
  }
}
