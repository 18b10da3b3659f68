package dev.sluice.gateway.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a configuration meets outside its files.
 *
 * @param variables looks up an environment variable
 * @param dataDirectory the data directory given on the command line, which wins over the file's
 * @param httpPort the HTTP port given on the command line, which wins over the file's
 * @param kafkaPort the port for Kafka's clients given on the command line, which wins likewise
 */
public record Environment(
    Function<String, Optional<String>> variables,
    Optional<Path> dataDirectory,
    Optional<Integer> httpPort,
    Optional<Integer> kafkaPort) {

  /** The environment of this process. */
  public static Environment system() {
    return of(System.getenv());
  }

  /** These variables and nothing else. */
  public static Environment of(Map<String, String> variables) {
    return new Environment(
        name -> Optional.ofNullable(variables.get(name)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Environment withDataDirectory(Path directory) {
    return new Environment(variables, Optional.of(directory), httpPort, kafkaPort);
  }

  public Environment withHttpPort(int port) {
    return new Environment(variables, dataDirectory, Optional.of(port), kafkaPort);
  }

  public Environment withKafkaPort(int port) {
    return new Environment(variables, dataDirectory, httpPort, Optional.of(port));
  }
}
