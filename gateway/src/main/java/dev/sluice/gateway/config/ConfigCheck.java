package dev.sluice.gateway.config;

import java.io.PrintStream;
import java.nio.file.Path;

/** What {@code sluice check FILE} does: validates and tells the plan, and starts nothing. */
public final class ConfigCheck {

  private final ConfigLoader loader;
  private final Environment environment;

  public ConfigCheck(ConfigLoader loader, Environment environment) {
    this.loader = loader;
    this.environment = environment;
  }

  /**
   * Checks a file or directory.
   *
   * @param out gets the plan of a valid configuration
   * @param err gets the problems of another, a line each
   * @return 0 if it is valid, 1 if not: the exit code
   */
  public int check(Path fileOrDirectory, PrintStream out, PrintStream err) {
    return switch (loader.load(fileOrDirectory, environment)) {
      case ConfigResult.Valid valid -> {
        out.print(ConfigPlan.first(valid.config()).render());
        yield 0;
      }
      case ConfigResult.Invalid invalid -> {
        invalid.problems().forEach(err::println);
        int count = invalid.problems().size();
        err.println(
            count == 1
                ? "1 problem; nothing is started."
                : count + " problems; nothing is started.");
        yield 1;
      }
    };
  }
}
