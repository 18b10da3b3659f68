package dev.sluice.gateway.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks up what a reference stands for. One instance serves one load. */
final class ReferenceSource {

  private static final String SECRET = "secret:";
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private final Environment environment;
  private final Path folder;
  private final Secrets secrets;
  private final FileReads reads;
  private final SecretLookup own;
  private Optional<Path> data;

  /**
   * A source for one load.
   *
   * @param folder the folder of the configuration
   * @param data the data directory unless the configuration names one
   * @param own the secrets that are kept for who is loaded
   */
  ReferenceSource(
      Environment environment,
      Path folder,
      Path data,
      FileReads reads,
      Secrets secrets,
      SecretLookup own) {
    this.own = own;
    this.reads = reads;
    this.environment = environment;
    this.folder = folder.toAbsolutePath().normalize();
    this.secrets = secrets;
    this.data = Optional.of(environment.dataDirectory().orElse(data));
  }

  /** What came of a look-up. */
  sealed interface Answer {}

  /** A value, perhaps secret. */
  record Found(String value) implements Answer {
    @Override
    public String toString() {
      return "Found";
    }
  }

  /** A mistake; without any secret. */
  record Missing(String message, String suggestion) implements Answer {}

  /** Whether a reference of ours begins here. */
  static boolean startsAt(String text, int at) {
    return text.startsWith("${env:", at)
        || text.startsWith(SecretSplit.PREFIX, at)
        || text.startsWith("${file:", at)
        || text.startsWith("${dir}", at)
        || text.startsWith("${data}", at);
  }

  /** The configuration's data directory; the command line's wins. */
  void dataDirectory(String directory) {
    if (environment.dataDirectory().isEmpty()) {
      data = path(directory);
    }
  }

  /**
   * The value of a reference.
   *
   * @param reference what stands between the braces
   */
  Answer value(String reference) {
    if (reference.startsWith("env:")) {
      return variable(reference.substring("env:".length()));
    }
    if (reference.startsWith("file:")) {
      return file(reference.substring("file:".length()));
    }
    if (isKept(reference)) {
      return kept(reference.substring(SECRET.length()));
    }
    if (reference.equals("dir")) {
      return new Found(folder.toString());
    }
    return data.<Answer>map(path -> new Found(path.toAbsolutePath().normalize().toString()))
        .orElseGet(() -> new Missing("server.data is no path", "mend server.data"));
  }

  /** Whether what stands between the braces names a secret that the gateway keeps itself. */
  static boolean isKept(String reference) {
    return reference.startsWith(SECRET);
  }

  private Answer kept(String name) {
    Optional<String> value = own.find(name);
    value.ifPresent(secrets::add);
    // One that names another could go on for ever; none is kept so.
    return value
        .filter(text -> !text.contains(SecretSplit.PREFIX))
        .<Answer>map(Found::new)
        .orElseGet(() -> own.missing(name));
  }

  private Answer variable(String text) {
    int separator = text.indexOf(":-");
    String name = separator < 0 ? text : text.substring(0, separator);
    if (!VARIABLE.matcher(name).matches()) {
      return new Missing(
          "'" + name + "' is no name of an environment variable",
          "write ${env:NAME} or ${env:NAME:-default}");
    }
    Optional<String> value =
        environment.variables().apply(name).filter(found -> separator < 0 || !found.isEmpty());
    if (value.isPresent()) {
      secrets.add(value.get());
      return new Found(value.get());
    }
    return separator < 0
        ? new Missing(
            "the environment variable " + name + " is not set",
            "set it, or give a default: ${env:" + name + ":-default}")
        : new Found(text.substring(separator + 2));
  }

  private Answer file(String name) {
    Optional<Path> given = path(name);
    if (given.isEmpty() || name.isEmpty()) {
      return new Missing("'" + name + "' is no path", "write ${file:/path/to/file}");
    }
    Path file = folder.resolve(given.get()).normalize();
    try {
      String content = reads.text(file).replaceFirst("\\r?\\n\\z", "");
      secrets.add(content);
      content.lines().forEach(secrets::add);
      return new Found(content);
    } catch (IOException e) {
      Names.Fault fault = FileReads.explain(file, e);
      return new Missing(fault.message(), fault.suggestion());
    }
  }

  static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
