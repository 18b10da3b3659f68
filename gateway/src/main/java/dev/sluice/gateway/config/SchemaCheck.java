package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.AnnotationKeyword;
import dev.sluice.gateway.config.References.Resolved;
import java.util.List;
import java.util.Set;

/** Holds a resolved tree against the schema. Thread-safe. */
final class SchemaCheck {

  private static final Set<String> PLAIN_TYPES = Set.of("integer", "number", "boolean");

  private final Schema schema;

  SchemaCheck(ConfigSchema schema) {
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .formats(List.of(Form.values()))
            .keyword(new AnnotationKeyword(ConfigSchema.UNLESS_SET))
            .build();
    this.schema = SchemaRegistry.withDialect(dialect).getSchema(schema.strict());
  }

  /**
   * All that the tree violates. A text that came from a reference becomes a number or boolean where
   * the schema asks for one.
   */
  List<Error> violations(ConfigTree tree, Resolved references) {
    List<Error> errors = validate(tree.root());
    boolean changed = false;
    for (Error error : errors) {
      changed |= becomesPlain(error, tree.root(), references);
    }
    List<Error> left = changed ? validate(tree.root()) : errors;
    return left.stream()
        .filter(error -> !references.failed().contains(Pointer.of(error.getInstanceLocation())))
        .toList();
  }

  private List<Error> validate(JsonNode root) {
    return schema.validate(
        root, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static boolean becomesPlain(Error error, ObjectNode root, Resolved references) {
    Pointer at = Pointer.of(error.getInstanceLocation());
    JsonNode value = at.in(root);
    if (!error.getKeyword().equals("type")
        || !value.isTextual()
        || !references.written().containsKey(at)
        || !wantsPlain(error.getSchemaNode())) {
      return false;
    }
    JsonNode plain = CoreResolver.plain(value.textValue());
    if (plain.isTextual()) {
      return false;
    }
    set(root, at, plain);
    return true;
  }

  private static boolean wantsPlain(JsonNode types) {
    if (types.isTextual()) {
      return PLAIN_TYPES.contains(types.textValue());
    }
    for (JsonNode type : types) {
      if (PLAIN_TYPES.contains(type.asText())) {
        return true;
      }
    }
    return false;
  }

  private static void set(ObjectNode root, Pointer at, JsonNode value) {
    switch (at.parent().in(root)) {
      case ObjectNode object -> object.set(at.last(), value);
      case ArrayNode array -> array.set(Integer.parseInt(at.last()), value);
      default -> throw new IllegalStateException("nothing at " + at);
    }
  }
}
