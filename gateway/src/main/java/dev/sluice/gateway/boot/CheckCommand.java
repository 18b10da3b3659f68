package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.ConfigCheck;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sluice check}: reports every mistake, or prints what would run. Starts nothing. */
@Command(
    name = "check",
    description = "Report every mistake in a configuration, or print what it would run.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  @Parameters(arity = "1", paramLabel = "FILE|DIR", description = "Configuration.")
  private Path config = Path.of(".");

  @Override
  public Integer call() {
    return new ConfigCheck(new ConfigLoader(ConnectorTypes.installed()), Environment.system())
        .check(config, System.out, System.err);
  }
}
