package dev.sluice.gateway.connect;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorSpec.OptionValues;
import dev.sluice.gateway.config.ConnectorSpec.ValueFormat;
import dev.sluice.gateway.config.Delivery;
import dev.sluice.gateway.config.ErrorPolicy;
import dev.sluice.gateway.config.ErrorPolicy.Then;
import dev.sluice.gateway.config.Expression;
import dev.sluice.gateway.config.TransformSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connector specs for tests; the pauses of their back-offs are a few milliseconds. */
public final class Specs {

  public static final String DEAD_LETTERS = "dead";

  private Specs() {}

  public static ErrorPolicy policy(int retries, Then then) {
    return new ErrorPolicy(
        retries, then, DEAD_LETTERS, Duration.ofMillis(2), Duration.ofMillis(10));
  }

  public static ConnectorSpec source(String name, String type, String topic) {
    return spec(name, Kind.SOURCE, type, topic, List.of(), List.of());
  }

  public static ConnectorSpec sink(String name, String type, String... topics) {
    return spec(name, Kind.SINK, type, null, List.of(topics), List.of());
  }

  public static ConnectorSpec rule(
      String name, String from, String to, TransformSpec... transforms) {
    return spec(name, Kind.RULE, "rule", to, List.of(from), List.of(transforms));
  }

  private static ConnectorSpec spec(
      String name,
      Kind kind,
      String type,
      @Nullable String topic,
      List<String> topics,
      List<TransformSpec> transforms) {
    return new ConnectorSpec(
        name,
        kind,
        type,
        topic,
        topics,
        null,
        ValueFormat.AUTO,
        transforms,
        policy(1, Then.DEAD_LETTER),
        Delivery.AT_LEAST_ONCE,
        1,
        new OptionValues(Map.of()),
        Map.of());
  }

  public static ConnectorSpec with(ConnectorSpec spec, ErrorPolicy errors) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        spec.key(),
        spec.valueFormat(),
        spec.transforms(),
        errors,
        spec.delivery(),
        spec.tasks(),
        spec.options(),
        spec.displayConfig());
  }

  public static ConnectorSpec with(ConnectorSpec spec, ValueFormat format) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        spec.key(),
        format,
        spec.transforms(),
        spec.errors(),
        spec.delivery(),
        spec.tasks(),
        spec.options(),
        spec.displayConfig());
  }

  public static ConnectorSpec with(ConnectorSpec spec, TransformSpec... transforms) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        spec.key(),
        spec.valueFormat(),
        List.of(transforms),
        spec.errors(),
        spec.delivery(),
        spec.tasks(),
        spec.options(),
        spec.displayConfig());
  }

  public static ConnectorSpec with(ConnectorSpec spec, int tasks) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        spec.key(),
        spec.valueFormat(),
        spec.transforms(),
        spec.errors(),
        spec.delivery(),
        tasks,
        spec.options(),
        spec.displayConfig());
  }

  public static ConnectorSpec withSecret(ConnectorSpec spec, String secret) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        spec.key(),
        spec.valueFormat(),
        spec.transforms(),
        spec.errors(),
        spec.delivery(),
        spec.tasks(),
        new OptionValues(Map.of("password", secret), Set.of(secret)),
        spec.displayConfig());
  }

  public static ConnectorSpec withKey(ConnectorSpec spec, String key) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        key,
        spec.valueFormat(),
        spec.transforms(),
        spec.errors(),
        spec.delivery(),
        spec.tasks(),
        spec.options(),
        spec.displayConfig());
  }

  public static ConnectorSpec exactlyOnce(ConnectorSpec spec) {
    return new ConnectorSpec(
        spec.name(),
        spec.kind(),
        spec.type(),
        spec.topic(),
        spec.topics(),
        spec.key(),
        spec.valueFormat(),
        spec.transforms(),
        spec.errors(),
        Delivery.EXACTLY_ONCE,
        spec.tasks(),
        spec.options(),
        spec.displayConfig());
  }

  public static Expression jq(String text) {
    return new Expression(Expression.Language.JQ, text);
  }
}
