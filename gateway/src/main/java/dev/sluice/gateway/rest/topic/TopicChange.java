package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7396): what is absent stays, what is null is taken away. */
final class TopicChange {

  private TopicChange() {}

  /** Merges a patch into a target, which is changed; returns what takes the target's place. */
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode merged = target instanceof ObjectNode object ? object : changes.objectNode();
    changes
        .properties()
        .forEach(
            change -> {
              String name = change.getKey();
              if (change.getValue().isNull()) {
                merged.remove(name);
              } else {
                merged.set(name, merge(merged.path(name), change.getValue()));
              }
            });
    return merged;
  }
}
