package dev.sluice.gateway.boot;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code sluice run}, {@code sluice check}, {@code sluice log}. */
@QuarkusMain
@Command(
    name = "sluice",
    description = "Databases, files and sensors into a log, and on to wherever they are needed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RunCommand.class, CheckCommand.class, LogCommand.class})
public class Main {

  /** Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 misused. */
  public static void main(String... args) {
    // Before anything logs: the first logger settles which manager there is.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    int exit =
        new CommandLine(new Main()).execute(args.length == 0 ? new String[] {"--help"} : args);
    System.exit(exit);
  }
}
