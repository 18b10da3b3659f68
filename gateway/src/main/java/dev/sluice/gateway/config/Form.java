package dev.sluice.gateway.config;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.Names.Fault;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The {@code format}s that our schemas know beside the standard ones. {@code duration} is ours
 * ({@code 7d}), not the standard's ISO 8601; the published schema therefore carries the pattern
 * instead of the name.
 */
enum Form implements Format {
  DURATION(Units.DURATION_PATTERN, text -> unit(text, Units::duration)),
  SIZE(Units.SIZE_PATTERN, text -> unit(text, Units::sizeBytes)),
  TOPIC_NAME(Names.TOPIC_PATTERN, Names::topic),
  TOPIC_TEMPLATE(Names.TOPIC_TEMPLATE_PATTERN, Names::topicTemplate),
  TEMPLATE(Names.TEMPLATE_PATTERN, Names::template),
  CONNECTOR_NAME(Names.CONNECTOR_PATTERN, Names::connector);

  private final String pattern;
  private final Function<String, Optional<Fault>> check;

  Form(String pattern, Function<String, Optional<Fault>> check) {
    this.pattern = pattern;
    this.check = check;
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
    return check.apply(text);
  }

  @Override
  public boolean matches(ExecutionContext context, String text) {
    return check.apply(text).isEmpty();
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
