package dev.sluice.gateway.config;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.Names.Fault;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The {@code format}s that our schemas know beside the standard ones. {@code duration} is ours
 * ({@code 7d}), not the standard's ISO 8601; the published schema therefore carries the pattern
 * instead of the name.
 */
enum Form implements Format {
  DURATION(Units.DURATION_PATTERN),
  SIZE(Units.SIZE_PATTERN),
  TOPIC_NAME(Names.TOPIC_PATTERN),
  TOPIC_TEMPLATE(Names.TOPIC_TEMPLATE_PATTERN),
  TEMPLATE(Names.TEMPLATE_PATTERN),
  CONNECTOR_NAME(Names.CONNECTOR_PATTERN);

  private final String pattern;

  Form(String pattern) {
    this.pattern = pattern;
  }

  static Optional<Form> named(String name) {
    for (Form form : values()) {
      if (form.getName().equals(name)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  @Override
  public String getName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The form as a regular expression, for editors. */
  String pattern() {
    return pattern;
  }

  /** What is wrong with a text; empty if it has this form. */
  Optional<Fault> fault(String text) {
    return switch (this) {
      case DURATION -> unit(text, Units::duration);
      case SIZE -> unit(text, Units::sizeBytes);
      case TOPIC_NAME -> Names.topic(text);
      case TOPIC_TEMPLATE -> Names.topicTemplate(text);
      case TEMPLATE -> Names.template(text);
      case CONNECTOR_NAME -> Names.connector(text);
    };
  }

  @Override
  public boolean matches(ExecutionContext context, String text) {
    return fault(text).isEmpty();
  }

  private static Optional<Fault> unit(String text, Consumer<String> read) {
    try {
      read.accept(text);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      String[] parts = String.valueOf(wrong.getMessage()).split("; ", 2);
      return Optional.of(new Fault(parts[0], parts.length > 1 ? parts[1] : "choose a smaller one"));
    }
  }
}
