package dev.sluice.bench.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where both sides' programs lie, and how a JVM for them is started. */
final class Installation {

  private static final Path TARGET = Path.of(System.getProperty("bench.home", "."), "bench/target");

  private Installation() {}

  /** Where reports go. */
  static Path target() {
    return TARGET;
  }

  /** A command line of the JDK that runs this, with Kafka's classes. */
  static List<String> kafka(List<String> options, String main, List<String> arguments) {
    return java("kafka-lib", options, main, arguments);
  }

  /** A command line of the same JDK, with our broker's classes. */
  static List<String> sluice(List<String> options, String main, List<String> arguments) {
    return java("broker-lib", options, main, arguments);
  }

  private static List<String> java(
      String libraries, List<String> options, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", TARGET.resolve(libraries) + "/*", main));
    command.addAll(arguments);
    return command;
  }
}
