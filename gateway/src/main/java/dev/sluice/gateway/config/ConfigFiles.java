package dev.sluice.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds and reads the files of a configuration. */
final class ConfigFiles {

  static final int MAX_FILES = 1_000;

  private static final String MAIN = "gateway.yaml";
  private static final String SUFFIX = ".yaml";

  private ConfigFiles() {}

  /**
   * The text of one file.
   *
   * @param name what the file is called in messages
   */
  record Source(String name, String text) {}

  /** The folder against which relative names are resolved. */
  static Path folder(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    return Files.isDirectory(absolute) || parent == null ? absolute : parent;
  }

  /**
   * The files that make up a configuration: the file itself; in a directory its gateway.yaml, or
   * else all its files that end in .yaml, by name.
   *
   * @throws IOException if the directory can't be listed
   */
  static List<Path> list(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    Path main = path.resolve(MAIN);
    if (Files.exists(main)) {
      return List.of(main);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(entry -> entry.toString().endsWith(SUFFIX))
          .sorted()
          .limit(MAX_FILES + 1L)
          .toList();
    }
  }

  /** Reads all files that can be read, and reports the others. */
  static List<Source> read(Path path, FileReads reads, Problems problems) {
    List<Path> files;
    try {
      files = list(path);
    } catch (IOException e) {
      report(path, "the directory can't be listed", "look at its rights", problems);
      return List.of();
    }
    if (files.isEmpty() || files.size() > MAX_FILES) {
      String count = files.isEmpty() ? "no" : "more than " + MAX_FILES;
      report(
          path,
          "the directory holds " + count + " files that end in .yaml",
          "put the configuration into gateway.yaml",
          problems);
      return List.of();
    }
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(new Source(file.toString(), reads.text(file)));
      } catch (IOException e) {
        Names.Fault fault = FileReads.explain(file, e);
        report(file, fault.message(), fault.suggestion(), problems);
      }
    }
    return sources;
  }

  private static void report(Path path, String message, String suggestion, Problems problems) {
    problems.add(Place.wholeFile(path.toString()), Pointer.ROOT, message, suggestion);
  }
}
