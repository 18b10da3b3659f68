package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.ApiException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A JSON merge patch (RFC 7396) of a topic: what is absent stays, what is null is taken away.
 *
 * @param partitions the new count
 * @param settings the new settings
 */
record TopicChange(int partitions, TopicSettings settings) {

  /** The members that can be patched, for the API's description. */
  @Schema(
      name = "TopicChange",
      description =
          "What to change (JSON merge patch): what is absent stays; a limit that is null is taken"
              + " away.")
  record Body(
      @Schema(description = "More partitions than now.", examples = "12")
          @Nullable Integer partitions,
      @Nullable RetentionJson retention) {}

  private static final Set<String> MEMBERS = Set.of("partitions", "retention");
  private static final Set<String> LIMITS = Set.of("time", "size");

  /**
   * Reads a patch against the topic as it is.
   *
   * @throws ApiException naming the member that is wrong
   */
  static TopicChange read(JsonNode patch, TopicDescription topic) {
    requireMembers("", patch, MEMBERS);
    int partitions = topic.partitions().size();
    if (patch.has("partitions")) {
      JsonNode wanted = patch.get("partitions");
      if (!wanted.isInt()) {
        throw ApiException.invalid(
            "/partitions", "'partitions' is not a whole number.", "Give the new count.");
      }
      partitions = wanted.intValue();
    }
    return new TopicChange(partitions, new TopicSettings(retention(patch, topic).toRetention()));
  }

  private static RetentionJson retention(JsonNode patch, TopicDescription topic) {
    RetentionJson now = RetentionJson.of(topic.settings().retention());
    if (!patch.has("retention")) {
      return now;
    }
    JsonNode wanted = patch.get("retention");
    if (wanted.isNull()) {
      return new RetentionJson(null, null);
    }
    requireMembers("/retention", wanted, LIMITS);
    return new RetentionJson(limit(wanted, "time", now.time()), limit(wanted, "size", now.size()));
  }

  private static @Nullable String limit(JsonNode wanted, String name, @Nullable String now) {
    JsonNode limit = wanted.get(name);
    if (limit == null) {
      return now;
    }
    return limit.isNull() ? null : limit.asText();
  }

  private static void requireMembers(String path, JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw ApiException.invalid(
          path.isEmpty() ? "/" : path, "A JSON object is expected here.", "Send an object.");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw ApiException.invalid(
                    path + "/" + name,
                    "'" + name + "' can't be changed or is not known.",
                    "Known here: " + String.join(", ", new TreeSet<>(known)) + ".");
              }
            });
  }
}
