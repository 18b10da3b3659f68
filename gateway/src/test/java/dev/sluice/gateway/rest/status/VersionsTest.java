package dev.sluice.gateway.rest.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rest.status.Versions.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionsTest {

  private record Thing(String name, int value) {}

  private final Versions<Thing> versions = new Versions<>(Thing::name);

  @Test
  void tellWhatHasChangedSinceAMoment() {
    versions.now(1, List.of(new Thing("a", 1), new Thing("b", 1)));
    versions.now(2, List.of(new Thing("a", 1), new Thing("b", 2)));
    versions.now(3, List.of(new Thing("b", 2), new Thing("c", 1)));
    assertThat(versions.since(2))
        .isEqualTo(new Difference<>(List.of(new Thing("c", 1)), List.of("a")));
    assertThat(versions.since(1))
        .isEqualTo(new Difference<>(List.of(new Thing("b", 2), new Thing("c", 1)), List.of("a")));
    assertThat(versions.since(3)).isEqualTo(new Difference<>(List.of(), List.of()));
  }

  @Test
  void whoeverAppliesTheDifferencesSeesWhatThereIs() {
    Random random = new Random(20260718);
    List<TreeMap<String, Thing>> history = new ArrayList<>(List.of(new TreeMap<>()));
    for (int number = 1; number <= 1_000; number++) {
      TreeMap<String, Thing> now = new TreeMap<>(history.getLast());
      for (int i = 0; i < 3; i++) {
        String name = "t" + random.nextInt(20);
        if (random.nextBoolean()) {
          now.put(name, new Thing(name, random.nextInt(5)));
        } else {
          now.remove(name);
        }
      }
      history.add(now);
      versions.now(number, List.copyOf(now.values()));
      int since = Math.max(0, number - random.nextInt(Versions.REMEMBERED));
      Map<String, Thing> seen = new TreeMap<>(history.get(since));
      Difference<Thing> difference = versions.since(since);
      difference.gone().forEach(seen::remove);
      difference.changed().forEach(thing -> seen.put(thing.name(), thing));
      assertThat(seen).isEqualTo(now);
    }
  }
}
