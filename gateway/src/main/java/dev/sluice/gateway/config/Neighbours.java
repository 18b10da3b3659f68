package dev.sluice.gateway.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is there beside the connectors that are being checked.
 *
 * @param topics topics that exist, or are declared, by name
 * @param compacted those of them that keep the latest record of each key
 * @param templates names, and templates of names, of topics that others write to
 */
public record Neighbours(Set<String> topics, Set<String> compacted, List<String> templates) {

  /** Nothing is there. */
  public static final Neighbours NONE = new Neighbours(Set.of(), Set.of(), List.of());

  public Neighbours {
    topics = Set.copyOf(topics);
    compacted = Set.copyOf(compacted);
    templates = List.copyOf(templates);
  }

  /** These topics, and whatever these connectors write to. */
  public static Neighbours of(
      Set<String> topics, Set<String> compacted, Collection<ConnectorSpec> connectors) {
    List<String> templates = new ArrayList<>();
    for (ConnectorSpec spec : connectors) {
      if (spec.topic() != null) {
        templates.add(spec.topic());
      }
      for (TransformSpec step : spec.transforms()) {
        if (step instanceof TransformSpec.SetTopic other) {
          templates.add(other.topic());
        }
      }
      templates.add(spec.errors().deadLetterTopic());
    }
    return new Neighbours(topics, compacted, templates);
  }
}
