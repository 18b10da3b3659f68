package dev.sluice.gateway.rest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.gateway.deadletter.Edit;
import dev.sluice.gateway.deadletter.Filter;
import dev.sluice.gateway.deadletter.LetterId;
import dev.sluice.gateway.deadletter.Selection;
import dev.sluice.gateway.deadletter.Target;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.record.Payload;
import dev.sluice.gateway.rest.record.Positions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what is to be done with which letters. JSON values keep their numbers as written. */
final class ActionBody {

  private static final int MAX_LETTERS = 1_000;
  private static final String LETTERS = "Send 'letters', or 'filter' ({} for all open ones).";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final JsonNode body;

  private ActionBody(JsonNode body) {
    this.body = body;
  }

  /**
   * Reads a body.
   *
   * @param members what may be in it beside the selection
   * @throws ApiException if it is no object, or has other members
   */
  static ActionBody read(InputStream in, Set<String> members) throws IOException {
    JsonNode body = JSON.readTree(in);
    if (!body.isObject()) {
      throw ApiException.invalid("/", "The body is no JSON object.", LETTERS);
    }
    Set<String> known = new TreeSet<>(members);
    known.addAll(Set.of("letters", "again", "filter", "upTo"));
    requireMembers(body, "", known);
    return new ActionBody(body);
  }

  private static void requireMembers(JsonNode object, String at, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw ApiException.invalid(
                    at + "/" + name,
                    "There is no '" + name + "' here.",
                    "Use " + String.join(", ", new TreeSet<>(known)) + ".");
              }
            });
  }

  Selection selection() {
    boolean isNamed = body.hasNonNull("letters");
    if (isNamed == body.hasNonNull("filter")) {
      throw ApiException.invalid(
          "/letters", "Either 'letters' or 'filter' is needed, and not both.", LETTERS);
    }
    return isNamed
        ? new Selection.Named(letters(body.path("letters")), again())
        : new Selection.Matching(filter(body.path("filter")), upTo());
  }

  private boolean again() {
    JsonNode again = body.path("again");
    if (body.hasNonNull("again") && !again.isBoolean()) {
      throw ApiException.invalid("/again", "'again' is no boolean.", "Write true or false.");
    }
    return again.asBoolean();
  }

  private static SortedSet<LetterId> letters(JsonNode named) {
    if (!named.isArray() || named.isEmpty() || named.size() > MAX_LETTERS) {
      throw ApiException.invalid(
          "/letters", "'letters' is no list of 1 to " + MAX_LETTERS + " ids.", LETTERS);
    }
    SortedSet<LetterId> letters = new TreeSet<>();
    for (int i = 0; i < named.size(); i++) {
      String path = "/letters/" + i;
      letters.add(
          LetterId.parse(named.path(i).asText())
              .orElseThrow(
                  () ->
                      ApiException.invalid(
                          path, "That is no letter's id.", "Write partition:offset, as 0:12.")));
    }
    return letters;
  }

  private static Filter filter(JsonNode filter) {
    if (!filter.isObject()) {
      throw ApiException.invalid("/filter", "'filter' is no JSON object.", LETTERS);
    }
    requireMembers(
        filter,
        "/filter",
        Set.of("state", "code", "connector", "origin", "text", "since", "until"));
    return FilterParameters.filter(
        "/filter/",
        text(filter, "/filter", "state"),
        text(filter, "/filter", "code"),
        text(filter, "/filter", "connector"),
        text(filter, "/filter", "origin"),
        text(filter, "/filter", "text"),
        time(filter, "since"),
        time(filter, "until"));
  }

  /**
   * A text, or null if there is none. What is something else is refused and not passed over: a
   * condition that was left out would make the action one with more letters than were meant.
   */
  private static @Nullable String text(JsonNode object, String at, String name) {
    JsonNode given = object.path(name);
    if (given.isMissingNode() || given.isNull()) {
      return null;
    }
    if (!given.isTextual()) {
      throw ApiException.invalid(
          at + "/" + name, "'" + name + "' is no string.", "Write it in quotes, or leave it out.");
    }
    return given.textValue();
  }

  /** A time, which may also be a whole number of milliseconds since the epoch. */
  private static @Nullable String time(JsonNode filter, String name) {
    JsonNode given = filter.path(name);
    return given.isIntegralNumber() ? given.asText() : text(filter, "/filter", name);
  }

  private @Nullable SortedMap<Integer, Long> upTo() {
    String upTo = text(body, "", "upTo");
    if (upTo == null) {
      return null;
    }
    return Positions.parse(upTo)
        .orElseThrow(
            () ->
                ApiException.invalid(
                    "/upTo", "'upTo' is no list of positions.", "Pass on what the count answered."))
        .offsets();
  }

  Target target() {
    String to = Objects.requireNonNullElse(text(body, "", "to"), "origin");
    String topic = topic();
    return switch (to) {
      case "origin" -> {
        if (topic != null) {
          throw ApiException.invalid(
              "/topic", "A topic is named, but 'to' is 'origin'.", "Write \"to\": \"topic\".");
        }
        yield new Target.Origin();
      }
      case "topic" -> new Target.Topic(topic);
      default ->
          throw ApiException.invalid("/to", "'" + to + "' is no target.", "Use origin or topic.");
    };
  }

  /** The topic that is named as the target, or null. */
  @Nullable String topic() {
    return text(body, "", "topic");
  }

  Edit edit(Selection selection) {
    JsonNode edit = body.path("edit");
    if (edit.isMissingNode() || edit.isNull()) {
      return Edit.NONE;
    }
    if (!(selection instanceof Selection.Named named) || named.letters().size() != 1) {
      throw ApiException.invalid(
          "/edit", "Only one letter can be changed at a time.", "Name that one in 'letters'.");
    }
    if (!edit.isObject()) {
      throw ApiException.invalid(
          "/edit", "'edit' is no JSON object.", "Write {\"value\": …}, or leave it out.");
    }
    requireMembers(edit, "/edit", Set.of("key", "keyEncoding", "value", "encoding"));
    return new Edit(content(edit, "key", "keyEncoding"), content(edit, "value", "encoding"));
  }

  private static Edit.@Nullable Content content(JsonNode edit, String name, String encodingName) {
    JsonNode given = edit.path(name);
    JsonNode encoding = edit.path(encodingName);
    boolean isBase64 = Payload.BASE64.equals(encoding.asText());
    if (edit.hasNonNull(encodingName) && (!isBase64 || !given.isTextual())) {
      throw ApiException.invalid(
          "/edit/" + encodingName,
          "The only encoding is base64, and of strings.",
          "Leave it out for JSON and text.");
    }
    if (given.isMissingNode()) {
      return null;
    }
    if (given.isNull()) {
      return new Edit.Content(null);
    }
    try {
      return new Edit.Content(
          isBase64
              ? Base64.getDecoder().decode(given.textValue())
              : given.isTextual()
                  ? given.textValue().getBytes(UTF_8)
                  : JSON.writeValueAsBytes(given));
    } catch (IllegalArgumentException notBase64) {
      throw ApiException.invalid(
          "/edit/" + name, "It is not base64.", "Encode it, or leave out the encoding.");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("JSON that was read can't be written", impossible);
    }
  }
}
