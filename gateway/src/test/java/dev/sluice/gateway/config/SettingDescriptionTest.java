package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.SettingDescription.Kind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingDescriptionTest {

  private static final List<SettingDescription> TOPIC = SettingDescription.ofTopics();

  @Test
  void everySettingIsThereWithItsMeaning() {
    Set<String> known = new TreeSet<>(TopicForm.KEYS);
    known.add("partitions");
    assertThat(TOPIC.stream().map(SettingDescription::name).collect(Collectors.toSet()))
        .isEqualTo(known);
    assertThat(TOPIC)
        .allMatch(setting -> setting.kind() == Kind.GROUP || !setting.description().isEmpty());
    assertThat(TOPIC.stream().flatMap(setting -> setting.settings().stream()))
        .hasSize(11)
        .allMatch(setting -> !setting.description().isEmpty() && !setting.title().isEmpty())
        .allMatch(setting -> setting.kind() != Kind.GROUP);
  }

  @Test
  void tellsWhatIsWrittenAndWhatHoldsUnlessItIs() {
    assertThat(of("partitions").kind()).isEqualTo(Kind.INTEGER);
    assertThat(of("partitions").maximum()).isEqualTo(10_000);
    assertThat(of("retention").choices()).containsExactly("forever");
    assertThat(within("retention", "time").kind()).isEqualTo(Kind.DURATION);
    assertThat(within("retention", "time").standard()).isNull();
    assertThat(within("retention", "size").kind()).isEqualTo(Kind.SIZE);
    assertThat(within("retention", "consumed").kind()).isEqualTo(Kind.NAMES);
    assertThat(of("compact").kind()).isEqualTo(Kind.BOOLEAN);
    assertThat(within("compact", "dirty-ratio").kind()).isEqualTo(Kind.NUMBER);
    assertThat(of("flush").choices()).containsExactly("ack", "os");
    assertThat(of("flush").standard()).hasToString("\"ack\"");
    assertThat(of("timestamps").kind()).isEqualTo(Kind.CHOICE);
    assertThat(of("limits").kind()).isEqualTo(Kind.GROUP);
    assertThat(within("limits", "batch").standard()).hasToString("\"16MiB\"");
  }

  private static SettingDescription of(String name) {
    return find(TOPIC, name);
  }

  private static SettingDescription within(String group, String name) {
    return find(of(group).settings(), name);
  }

  private static SettingDescription find(List<SettingDescription> settings, String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
