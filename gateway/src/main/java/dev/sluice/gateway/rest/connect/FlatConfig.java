package dev.sluice.gateway.rest.connect;

import dev.sluice.gateway.config.ConnectorSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as Kafka Connect has it: strings by dotted names. From the display form, so
 * without secrets.
 */
final class FlatConfig {

  private FlatConfig() {}

  static Map<String, String> of(ConnectorSpec spec) {
    Map<String, String> flat = new TreeMap<>();
    spec.displayConfig().forEach((name, value) -> flatten(name, value, flat));
    flat.put("name", spec.name());
    flat.put("connector.class", spec.type());
    flat.remove("tasks");
    flat.put("tasks.max", Integer.toString(spec.tasks()));
    return flat;
  }

  private static void flatten(String name, @Nullable Object value, Map<String, String> flat) {
    switch (value) {
      case null -> flat.put(name, "");
      case Map<?, ?> map -> map.forEach((key, inner) -> flatten(name + "." + key, inner, flat));
      case List<?> list when list.stream().allMatch(FlatConfig::canBeJoined) ->
          flat.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          flatten(name + "." + i, list.get(i), flat);
        }
      }
      default -> flat.put(name, value.toString());
    }
  }

  /** Whether it comes out of a text of items with commas between them as it went in. */
  private static boolean canBeJoined(@Nullable Object item) {
    String text = String.valueOf(item);
    return !(item instanceof Map || item instanceof List)
        && !text.contains(",")
        && text.equals(text.strip());
  }
}
