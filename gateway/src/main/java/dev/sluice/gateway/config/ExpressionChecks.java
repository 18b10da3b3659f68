package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks every expression of a tree. One instance serves one load. */
final class ExpressionChecks {

  private static final List<String> CONDITIONS = List.of("when", "filter");
  private static final List<String> VALUES = List.of("key", "value");

  private final ConfigTree tree;
  private final Set<Pointer> wrong;
  private final Problems problems;

  ExpressionChecks(ConfigTree tree, Set<Pointer> wrong, Problems problems) {
    this.tree = tree;
    this.wrong = wrong;
    this.problems = problems;
  }

  void check() {
    for (String section : List.of("connectors", "rules")) {
      for (Map.Entry<String, JsonNode> entry : tree.root().path(section).properties()) {
        Pointer at = Pointer.of(section, entry.getKey());
        if (section.equals("rules")) {
          checkStep(at);
        }
        JsonNode steps = entry.getValue().path("transforms");
        for (int i = 0; i < steps.size(); i++) {
          checkStep(at.child("transforms").child(i));
        }
      }
    }
  }

  private void checkStep(Pointer step) {
    CONDITIONS.forEach(name -> checkExpression(step.child(name), true));
    VALUES.forEach(name -> checkExpression(step.child(name), false));
  }

  private void checkExpression(Pointer at, boolean condition) {
    JsonNode node = at.in(tree.root());
    if (!node.isObject() || wrong.stream().anyMatch(pointer -> pointer.startsWith(at))) {
      return;
    }
    Expression expression = SpecReader.expression(node);
    Pointer text = at.child(expression.language().camelName());
    ExpressionChecker.fault(expression, condition)
        .ifPresent(
            fault ->
                problems.add(
                    tree.valuePlace(text),
                    text,
                    "is no " + expression.language().camelName() + " expression: " + fault,
                    "Camel's documentation of the language tells what it offers"));
  }
}
