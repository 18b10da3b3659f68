package dev.sluice.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a gateway is started.
 *
 * @param config its configuration, a file or a folder
 * @param data its data directory
 * @param jvm options beside those that {@code ./sluice} gives
 * @param arguments arguments beside configuration, data directory and port
 */
record GatewayOptions(Path config, Path data, List<String> jvm, List<String> arguments) {

  GatewayOptions(Path config, Path data) {
    this(config, data, extraJvmOptions(), List.of());
  }

  GatewayOptions withJvm(String... options) {
    List<String> all = new ArrayList<>(jvm);
    all.addAll(List.of(options));
    return new GatewayOptions(config, data, all, arguments);
  }

  GatewayOptions withArguments(String... more) {
    return new GatewayOptions(config, data, jvm, List.of(more));
  }

  /** The folder of the project. */
  static Path home() {
    return Path.of(System.getProperty("bench.home", "."));
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Options of the AOT cache come before the others, as in ./sluice.
    command.addAll(jvm);
    command.addAll(sharedJvmOptions());
    command.add("-jar");
    command.add(home().resolve("gateway/target/sluice-gateway-runner.jar").toString());
    command.addAll(
        List.of("run", config.toString(), "--data", data.toString(), "--http-port", "0"));
    command.addAll(List.of("--kafka-port", "0"));
    command.addAll(arguments);
    return command;
  }

  /** What {@code ./sluice} gives every gateway. */
  static List<String> sharedJvmOptions() {
    return words(System.getProperty("bench.gateway.options", ""));
  }

  /** SLUICE_OPTS, as with {@code ./sluice}: a heap size, a flight recording. */
  private static List<String> extraJvmOptions() {
    String given = System.getenv("SLUICE_OPTS");
    return given == null ? List.of() : words(given);
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1)).stream()
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
