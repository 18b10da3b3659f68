package dev.sluice.gateway.config;

import org.jspecify.annotations.Nullable;

/** One step of a connector's {@code transforms}. */
public sealed interface TransformSpec {

  /** The step applies only to records for which this holds; null for all. */
  @Nullable Expression when();

  /** Drops records for which the condition does not hold. */
  record Filter(@Nullable Expression when, Expression keep) implements TransformSpec {}

  /** Replaces the value by the expression's result. */
  record SetValue(@Nullable Expression when, Expression value) implements TransformSpec {}

  /** Replaces the key by the expression's result. */
  record SetKey(@Nullable Expression when, Expression key) implements TransformSpec {}

  /** Sends the record to another topic; only for sources and rules. A template is allowed. */
  record SetTopic(@Nullable Expression when, String topic) implements TransformSpec {}
}
