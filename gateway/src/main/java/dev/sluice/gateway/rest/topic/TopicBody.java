package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.TopicForm;
import dev.sluice.gateway.config.TopicForm.Mistake;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.ApiException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the bodies of requests that create or change a topic. */
final class TopicBody {

  private TopicBody() {}

  /**
   * Refuses what is no object, and members that are neither settings nor these.
   *
   * @throws ApiException naming the member
   */
  static void requireMembers(JsonNode body, Set<String> others) {
    if (!body.isObject()) {
      throw ApiException.invalid("/", "A JSON object is expected here.", "Send an object.");
    }
    Set<String> known = new TreeSet<>(TopicForm.KEYS);
    known.addAll(others);
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw ApiException.invalid(
                    "/" + name,
                    "'" + name + "' can't be set or is not known.",
                    "Known here: " + String.join(", ", known) + ".");
              }
            });
  }

  /**
   * The partition count.
   *
   * @throws ApiException if it is no number
   */
  static int partitions(JsonNode body, int standard) {
    JsonNode partitions = body.path("partitions");
    if (partitions.isMissingNode() || partitions.isNull()) {
      return standard;
    }
    if (!partitions.isInt()) {
      throw ApiException.invalid(
          "/partitions", "'partitions' is not a whole number.", "Give the count.");
    }
    return partitions.intValue();
  }

  /**
   * The settings.
   *
   * @throws ApiException naming the first that is wrong
   */
  static TopicSettings settings(JsonNode body) {
    TopicForm form = new TopicForm();
    TopicSettings settings = form.read(body);
    List<Mistake> mistakes = form.mistakes();
    if (!mistakes.isEmpty()) {
      Mistake first = mistakes.getFirst();
      String path = String.join("/", first.path());
      String message = first.message();
      boolean namesValue = message.startsWith("'") || message.startsWith("unknown");
      throw ApiException.invalid(
          "/" + path,
          (namesValue ? capitalised(message) : "'" + first.path().getLast() + "' " + message) + ".",
          capitalised(first.suggestion()) + ".");
    }
    return settings;
  }

  private static String capitalised(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
