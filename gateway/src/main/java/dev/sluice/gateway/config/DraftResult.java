package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came of checking a connector's declaration: all of it, or all that is wrong with it. */
public sealed interface DraftResult {

  /**
   * What would stand for it in a configuration file, without secrets: one that was given as text is
   * a reference to an environment variable.
   */
  String yaml();

  /**
   * The files that its references name, whether they exist or not, with a digest of what each held.
   */
  Map<Path, String> files();

  /** The same where this is wrong, before all else that may be. */
  default Invalid butWrong(DraftProblem first) {
    return switch (this) {
      case Valid valid -> new Invalid(List.of(first), valid.spec(), yaml(), files());
      case Invalid invalid -> {
        List<DraftProblem> all = new ArrayList<>(List.of(first));
        all.addAll(invalid.problems());
        yield new Invalid(List.copyOf(all), invalid.spec(), yaml(), files());
      }
    };
  }

  /**
   * A declaration without a mistake.
   *
   * @param spec resolved; contains secrets
   * @param written as it is to be kept: references unresolved, literal secrets replaced by
   *     references to {@code secrets}
   */
  record Valid(
      ConnectorSpec spec,
      ObjectNode written,
      SecretValues secrets,
      String yaml,
      Map<Path, String> files)
      implements DraftResult {}

  /**
   * A declaration that can't be used.
   *
   * @param problems at least one
   * @param spec what could be read of it, with the first problem as its fault
   */
  record Invalid(
      List<DraftProblem> problems, ConnectorSpec spec, String yaml, Map<Path, String> files)
      implements DraftResult {}

  /**
   * One mistake. Contains no secrets.
   *
   * @param path a JSON pointer into the declaration; empty if all of it is meant
   * @param message what is wrong
   * @param suggestion what to do about it; empty when the message says it all
   */
  record DraftProblem(String path, String message, String suggestion) {}
}
