package dev.sluice.gateway.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.Problem;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.trial.DraftReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads a draft as if it were all that a configuration declares, beside those topics of the log
 * that it names; so it is held against what files are held against, with the same words.
 * Thread-safe.
 */
final class LoadedDrafts implements DraftReader {

  private final ConfigLoader loader;
  private final Path folder;
  private final Environment environment;
  private final Topics topics;

  /**
   * Reads drafts.
   *
   * @param configuration the file or directory at which relative references start
   */
  LoadedDrafts(ConfigLoader loader, Path configuration, Environment environment, Topics topics) {
    this.loader = loader;
    Path absolute = configuration.toAbsolutePath();
    this.folder =
        Files.isDirectory(absolute)
            ? absolute
            : Objects.requireNonNullElse(absolute.getParent(), absolute);
    this.environment = environment;
    this.topics = topics;
  }

  @Override
  public Read read(String name, JsonNode spec) {
    boolean rule = !spec.has("source") && !spec.has("sink") && spec.has("from");
    String section = rule ? "rules" : "connectors";
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    declareTopics(root.putObject("topics"), spec);
    root.putObject(section).set(name, spec);
    // JSON is YAML.
    return switch (loader.loadText("declaration", root.toString(), folder, environment)) {
      case ConfigResult.Valid valid -> {
        ConnectorSpec read = Objects.requireNonNull(valid.config().connectors().get(name));
        yield new Read.Right(read);
      }
      case ConfigResult.Invalid invalid -> {
        String prefix = section + "." + name;
        yield new Read.Wrong(
            invalid.problems().stream().map(problem -> mistake(problem, prefix)).toList());
      }
    };
  }

  private void declareTopics(ObjectNode declared, JsonNode spec) {
    for (String reads : List.of("topics", "from", "to")) {
      JsonNode named = spec.path(reads);
      Iterable<JsonNode> names = named.isArray() ? named : List.of(named);
      for (JsonNode topic : names) {
        if (topic.isTextual() && topics.partitionCount(topic.asText()) > 0) {
          declared.putObject(topic.asText());
        }
      }
    }
  }

  private static Mistake mistake(Problem problem, String prefix) {
    boolean within = problem.path().startsWith(prefix);
    String path = within ? problem.path().substring(prefix.length()).replace('.', '/') : "";
    return new Mistake(path, sentence(problem.message()), sentence(problem.suggestion()));
  }

  private static String sentence(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String end = text.endsWith("?") || text.endsWith(".") ? "" : ".";
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + end;
  }
}
