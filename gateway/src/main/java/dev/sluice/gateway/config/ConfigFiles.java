package dev.sluice.gateway.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads the files of a configuration. */
final class ConfigFiles {

  static final long MAX_FILE_BYTES = 4 * 1024 * 1024;
  static final int MAX_FILES = 1_000;

  private static final String MAIN = "gateway.yaml";

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
          .filter(entry -> entry.getFileName().toString().endsWith(".yaml"))
          .sorted()
          .limit(MAX_FILES + 1L)
          .toList();
    }
  }

  /** Reads all files that can be read, and reports the others. */
  static List<Source> read(Path path, Problems problems) {
    List<Path> files;
    try {
      files = list(path);
    } catch (IOException e) {
      report(path, "can't be listed", "look at its rights", problems);
      return List.of();
    }
    if (files.isEmpty()) {
      report(path, "the directory holds neither gateway.yaml nor other .yaml files", "add one", problems);
    }
    if (files.size() > MAX_FILES) {
      report(path, "the directory holds more than " + MAX_FILES + " .yaml files", "", problems);
      return List.of();
    }
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      readFile(file, problems).ifPresent(sources::add);
    }
    return sources;
  }

  private static Optional<Source> readFile(Path file, Problems problems) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_FILE_BYTES) {
        report(file, "the file is larger than " + MAX_FILE_BYTES + " bytes", "split it", problems);
        return Optional.empty();
      }
      return Optional.of(new Source(file.toString(), Files.readString(file)));
    } catch (NoSuchFileException e) {
      report(file, "there is no such file or directory", "look at the path", problems);
    } catch (AccessDeniedException e) {
      report(file, "the file may not be read", "give this user the right to", problems);
    } catch (CharacterCodingException e) {
      report(file, "the file is not UTF-8 text", "save it as UTF-8", problems);
    } catch (IOException e) {
      report(file, "the file can't be read: " + e.getMessage(), "look at its disk", problems);
    }
    return Optional.empty();
  }

  private static void report(Path path, String message, String suggestion, Problems problems) {
    problems.add(Place.wholeFile(path.toString()), Pointer.ROOT, message, suggestion);
  }
}
