package dev.sluice.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What came of reading a configuration: all of it, or all that is wrong with it. */
public sealed interface ConfigResult {

  /**
   * The files that the result depends on: configuration files and files that references name,
   * whether they exist or not.
   */
  Set<Path> files();

  /**
   * A configuration without a mistake.
   *
   * @param config contains secrets
   */
  record Valid(GatewayConfig config, Set<Path> files) implements ConfigResult {}

  /**
   * A configuration that must not be used.
   *
   * @param problems at least one, by place
   */
  record Invalid(List<Problem> problems, Set<Path> files) implements ConfigResult {}
}
