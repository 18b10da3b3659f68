package dev.sluice.gateway.boot;

import picocli.CommandLine.Command;

/** {@code sluice log}: looks at what is on disk, beside a running gateway or without one. */
@Command(
    name = "log",
    description = "Check or print the log on disk. Nothing is changed; a gateway may be running.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LogCheckCommand.class, LogDumpCommand.class})
final class LogCommand {}
