package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.sluice.gateway.config.Names.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words for one violation of the schema. One instance serves one load. */
final class ViolationMessages {

  private static final Set<String> YAML_1_1_BOOLEANS = Set.of("yes", "no", "on", "off", "y", "n");

  private final ConfigSchema schema;
  private final ConfigTree tree;
  private final ShownValues values;
  private final Problems problems;

  ViolationMessages(ConfigSchema schema, ConfigTree tree, ShownValues values, Problems problems) {
    this.schema = schema;
    this.tree = tree;
    this.values = values;
    this.problems = problems;
  }

  /** The known key that an unknown one was probably meant to be. */
  Optional<String> meant(Error unknownKey) {
    JsonNode value = Pointer.of(unknownKey.getInstanceLocation()).in(tree.root());
    List<String> missing = new ArrayList<>(properties(unknownKey));
    missing.removeIf(value::has);
    return Similar.to(unknownKey.getProperty(), missing);
  }

  void report(Error error) {
    Pointer at = Pointer.of(error.getInstanceLocation());
    switch (error.getKeyword()) {
      case "additionalProperties", "unevaluatedProperties" -> unknownKey(error, at);
      case "required" -> missing(error, at);
      case "type" -> type(error, at);
      case "enum" -> notAllowed(at, names(error.getSchemaNode()), documentation(parent(error)));
      case "const" -> notAllowed(at, List.of(error.getSchemaNode().asText()), "");
      case "format", "pattern" -> form(error, at);
      case "propertyNames" -> name(error, at);
      case "minimum" -> add(at, "is too small: " + values.shown(at), "at least " + limit(error));
      case "maximum" -> add(at, "is too large: " + values.shown(at), "at most " + limit(error));
      case "exclusiveMinimum" ->
          add(at, "is too small: " + values.shown(at), "more than " + limit(error));
      case "exclusiveMaximum" ->
          add(at, "is too large: " + values.shown(at), "less than " + limit(error));
      case "minLength", "minItems", "minProperties" -> tooShort(error, at);
      case "maxLength", "maxItems", "maxProperties" ->
          add(at, "is too long", "at most " + limit(error));
      case "uniqueItems" -> add(at, "names something twice", "remove one of the two");
      case "false" -> notHere(at);
      default -> add(at, other(error, at), documentation(parent(error)));
    }
  }

  boolean isMap(Pointer at) {
    return at.in(tree.root()).isObject();
  }

  /** A choice of which exactly one must be made. */
  void reportExactlyOne(Pointer at, Set<String> names) {
    List<String> quoted = names.stream().map(name -> "'" + name + "'").toList();
    List<String> given =
        names.stream().filter(at.in(tree.root())::has).map(name -> "'" + name + "'").toList();
    String all = String.join(", ", quoted);
    if (given.size() > 1) {
      add(at, "has " + String.join(" and ", given), "keep one of them");
    } else {
      add(at, "has none of " + all, "give exactly one of them");
    }
  }

  /** A value of another type than any that is allowed. */
  void reportType(Pointer at, Set<String> types) {
    JsonNode value = at.in(tree.root());
    List<String> wanted =
        types.stream().filter(type -> !type.equals("null")).map(ViolationMessages::word).toList();
    String expected = String.join(" or ", wanted);
    if (value.isNull()) {
      add(at, "has no value", "give it " + expected + ", or remove the line");
    } else {
      add(at, "must be " + expected + ", not " + values.shown(at), typeCure(at, value, types));
    }
  }

  private void type(Error error, Pointer at) {
    JsonNode value = at.in(tree.root());
    Optional<Form> form = Form.named(parent(error).path("format").asText());
    if (value.isNumber() && form.isPresent() && !values.isHidden(at)) {
      form.flatMap(unit -> unit.fault(value.asText()))
          .ifPresentOrElse(
              fault -> add(at, fault.message(), fault.suggestion()),
              () -> reportType(at, types(error.getSchemaNode())));
    } else {
      reportType(at, types(error.getSchemaNode()));
    }
  }

  static Set<String> types(JsonNode node) {
    Set<String> types = new LinkedHashSet<>();
    if (node.isTextual()) {
      types.add(node.textValue());
    }
    node.forEach(type -> types.add(type.asText()));
    return types;
  }

  private void unknownKey(Error error, Pointer at) {
    String name = error.getProperty();
    List<String> known = properties(error);
    Pointer child = at.child(name);
    String list = known.isEmpty() ? "remove it" : "known here: " + Similar.list(known);
    String owner = isOptions(at) ? type(at) + " has no option" : "unknown key";
    problems.add(
        tree.keyPlace(child),
        child,
        owner + " '" + child.shownLast() + "'",
        child.shownLast().equals(name)
            ? meant(error).map(meant -> "did you mean '" + meant + "'?").orElse(list)
            : "a space belongs behind the ':' after a key");
  }

  private void missing(Error error, Pointer at) {
    String name = error.getProperty();
    String what = isOptions(at) ? "the option '" + name + "' of " + type(at) : "'" + name + "'";
    JsonNode property = property(parent(error), name);
    String documentation = documentation(property);
    problems.add(
        tree.keyPlace(at),
        at,
        what + " is missing",
        "add it" + (documentation.isEmpty() ? "" : ": " + documentation));
  }

  private void notAllowed(Pointer at, List<String> allowed, String documentation) {
    JsonNode value = at.in(tree.root());
    if (value.isContainerNode()) {
      add(at, "must be one of " + Similar.list(allowed) + ", not " + values.shown(at), "");
      return;
    }
    String written = value.asText();
    String list = allowed.size() == 1 ? documentation : "allowed are " + Similar.list(allowed);
    boolean guess = value.isTextual() && !values.isHidden(at);
    Optional<String> meant = guess ? Similar.to(written, allowed) : Optional.empty();
    String suggestion =
        meant.map(name -> "did you mean '" + name + "'? ").orElse("")
            + (allowed.isEmpty() ? "none is installed" : list);
    if (isTypeName(at)) {
      unknownType(at, written, suggestion);
    } else {
      add(at, values.shown(at) + " is not allowed here", suggestion.strip());
    }
  }

  private void unknownType(Pointer at, String written, String suggestion) {
    String other = at.last().equals("source") ? "sink" : "source";
    boolean swapped = !schema.options(other, written).isMissingNode();
    add(
        at,
        "there is no " + at.last() + " of type '" + written + "'",
        swapped ? "it is a " + other + ": write '" + other + ": " + written + "'" : suggestion);
  }

  private void form(Error error, Pointer at) {
    String text = at.in(tree.root()).asText();
    Optional<Fault> fault =
        Form.named(error.getSchemaNode().asText()).flatMap(form -> form.fault(text));
    if (fault.isPresent()) {
      add(
          at,
          fault.get().message().replace("'" + text + "'", values.shown(at)),
          fault.get().suggestion());
      return;
    }
    String wanted = error.getSchemaNode().asText();
    add(
        at,
        error.getKeyword().equals("format")
            ? values.shown(at) + " is no valid " + wanted
            : values.shown(at) + " does not have the form " + wanted,
        documentation(parent(error)));
  }

  private void name(Error error, Pointer at) {
    Pointer child = at.child(error.getProperty());
    Fault fault =
        Form.named(error.getSchemaNode().path("format").asText())
            .flatMap(form -> form.fault(error.getProperty()))
            .orElse(new Fault("'" + child.shownLast() + "' is no name for this", ""));
    problems.add(tree.keyPlace(child), child, fault.message(), fault.suggestion());
  }

  private void tooShort(Error error, Pointer at) {
    boolean one = error.getSchemaNode().asInt() == 1;
    String documentation = documentation(parent(error));
    String cure =
        !one
            ? "at least " + limit(error)
            : error.getKeyword().equals("minLength") ? "give it a value" : "name at least one";
    add(at, one ? "is empty" : "is too short", documentation.isEmpty() ? cure : documentation);
  }

  private void notHere(Pointer at) {
    boolean source = at.parent().in(tree.root()).has("source");
    String owner = source ? "a source" : "a sink";
    String cure =
        switch (at.last()) {
          case "topic" -> "a sink reads 'topics'";
          case "topics" -> "a source writes to 'topic'";
          default -> "remove it";
        };
    problems.add(tree.keyPlace(at), at, owner + " has no '" + at.last() + "'", cure);
  }

  private String other(Error error, Pointer at) {
    return values.isHidden(at) ? "does not fit its schema" : String.valueOf(error.getMessage());
  }

  private String typeCure(Pointer at, JsonNode value, Set<String> types) {
    if (types.contains("boolean")
        && YAML_1_1_BOOLEANS.contains(value.asText().toLowerCase(Locale.ROOT))) {
      return "write true or false";
    }
    if (types.contains("string") && value.isObject()) {
      return value.size() == 1 && value.elements().next().isNull()
          ? "a value that begins with '{' needs quotes: \"{" + value.fieldNames().next() + "}\""
          : "";
    }
    if (types.contains("string") && value.isValueNode()) {
      return "put it into quotes";
    }
    if (types.contains("object") && value.isArray()) {
      return "write 'name: value' lines without '-'";
    }
    if (types.contains("object")
        && !isExpression(at)
        && value.isTextual()
        && !values.isHidden(at)) {
      return "put settings below it, each on a line of its own";
    }
    if (types.contains("object") && isExpression(at)) {
      return "write {simple: ...}, {jq: ...} or {jsonpath: ...}";
    }
    return types.contains("array") && !values.isHidden(at) && value.isValueNode()
        ? "write [" + value.asText() + "]"
        : "";
  }

  private boolean isExpression(Pointer at) {
    return Set.of("when", "filter", "value", "key").contains(at.last())
        && !at.steps().contains("config");
  }

  private void add(Pointer at, String message, String suggestion) {
    problems.add(tree.valuePlace(at), at, message, suggestion);
  }

  private static String limit(Error error) {
    return error.getSchemaNode().asText();
  }

  private static String word(String type) {
    return switch (type) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "string" -> "text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      default -> "a map";
    };
  }

  private static boolean isOptions(Pointer at) {
    return at.depth() == 3 && at.steps().get(0).equals("connectors") && at.last().equals("config");
  }

  private static boolean isTypeName(Pointer at) {
    return at.depth() == 3
        && at.steps().get(0).equals("connectors")
        && (at.last().equals("source") || at.last().equals("sink"));
  }

  private String type(Pointer options) {
    JsonNode connector = options.parent().in(tree.root());
    return connector.path(connector.has("source") ? "source" : "sink").asText();
  }

  /** The schema in which the violated keyword stands. */
  private JsonNode parent(Error error) {
    return Pointer.of(error.getSchemaLocation().getFragment()).parent().in(schema.strict());
  }

  private List<String> properties(Error error) {
    List<String> names = new ArrayList<>();
    parent(error).path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode property(JsonNode parent, String name) {
    JsonNode property = parent.path("properties").path(name);
    return property.isMissingNode()
        ? schema.strict().path("$defs").path("connector").path("properties").path(name)
        : property;
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What the schema says of a setting, with an example if there is one. */
  private static String documentation(JsonNode property) {
    String text = property.path("description").asText().strip();
    String example = property.path("examples").path(0).asText();
    String shown = example.isEmpty() ? "" : ", for example " + example;
    return (text.endsWith(".") ? text.substring(0, text.length() - 1) : text) + shown;
  }
}
