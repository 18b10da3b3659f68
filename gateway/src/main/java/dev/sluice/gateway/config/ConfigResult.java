package dev.sluice.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What came of reading a configuration: all of it, or all that is wrong with it. */
public sealed interface ConfigResult {

  /**
   * The files that the result depends on: configuration files and files that references name,
   * whether they exist or not; with a digest of what each held when it was read.
   */
  Map<Path, String> files();

  /**
   * A configuration without a mistake.
   *
   * @param config contains secrets
   */
  record Valid(GatewayConfig config, Map<Path, String> files) implements ConfigResult {}

  /**
   * A configuration that must not be used.
   *
   * @param problems at least one, by place
   */
  record Invalid(List<Problem> problems, Map<Path, String> files) implements ConfigResult {}
}
