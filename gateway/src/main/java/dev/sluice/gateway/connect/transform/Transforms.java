package dev.sluice.gateway.connect.transform;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.config.TransformSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector's transforms, compiled, in order. Belongs to one thread. */
public final class Transforms {

  /** One step; returns whether the record goes on. */
  private interface Step {
    boolean apply(Passage passage);
  }

  private final List<Step> steps;

  private Transforms(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * Compiles the steps. Without any, nothing of Camel is loaded.
   *
   * @throws ConnectorException of category CONFIGURATION if one is malformed
   */
  public static Transforms compile(List<TransformSpec> specs) {
    return new Transforms(specs.stream().map(Transforms::step).toList());
  }

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * Changes the record.
   *
   * @return false if a filter drops it
   * @throws ConnectorException of category DATA if a step cannot be applied to this record
   */
  public boolean apply(Passage passage) {
    for (Step step : steps) {
      if (!step.apply(passage)) {
        return false;
      }
    }
    return true;
  }

  private static Step step(TransformSpec spec) {
    Step step =
        switch (spec) {
          case TransformSpec.Filter filter -> {
            CompiledExpression keep = CompiledExpression.condition(filter.keep());
            yield keep::holds;
          }
          case TransformSpec.SetValue set -> {
            CompiledExpression value = CompiledExpression.result(set.value());
            yield passage -> {
              passage.setValue(value.evaluate(passage));
              return true;
            };
          }
          case TransformSpec.SetKey set -> {
            CompiledExpression key = CompiledExpression.result(set.key());
            yield passage -> {
              passage.setKey(key.evaluate(passage));
              return true;
            };
          }
          case TransformSpec.SetTopic set -> {
            Template topic = Template.parse(set.topic());
            yield passage -> {
              passage.setTopic(topic.resolve(passage));
              return true;
            };
          }
        };
    return conditional(spec.when(), step);
  }

  private static Step conditional(@Nullable Expression when, Step step) {
    if (when == null) {
      return step;
    }
    CompiledExpression condition = CompiledExpression.condition(when);
    return passage -> !condition.holds(passage) || step.apply(passage);
  }
}
