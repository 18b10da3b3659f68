package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConfigFiles.Source;
import dev.sluice.gateway.config.References.Resolved;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads configurations: parse, resolve references, hold against the schema, check what the schema
 * can't say. Starts and changes nothing. Thread-safe.
 */
public final class ConfigLoader {

  private final ConnectorTypes types;
  private final ConfigSchema schema;
  private final SchemaCheck schemaCheck;
  private final SecretOptions secretOptions;

  public ConfigLoader(ConnectorTypes types) {
    this.types = types;
    this.schema = new ConfigSchema(types);
    this.schemaCheck = new SchemaCheck(schema);
    this.secretOptions = new SecretOptions(schema);
  }

  /** The schema that configurations are held against. */
  public ConfigSchema schema() {
    return schema;
  }

  /**
   * Reads a file, or a directory: its {@code gateway.yaml}, or all its {@code .yaml} files as one.
   */
  public ConfigResult load(Path fileOrDirectory, Environment environment) {
    Problems problems = new Problems();
    FileReads reads = new FileReads();
    List<Source> sources = ConfigFiles.read(fileOrDirectory, reads, problems);
    return load(sources, ConfigFiles.folder(fileOrDirectory), environment, problems, reads);
  }

  /**
   * Reads a text that is no file.
   *
   * @param name what to call it in messages
   * @param folder where relative references start
   */
  public ConfigResult loadText(String name, String text, Path folder, Environment environment) {
    return load(List.of(new Source(name, text)), folder, environment);
  }

  /** Reads texts that together take the place of a configuration's files. */
  ConfigResult load(List<Source> sources, Path folder, Environment environment) {
    return load(sources, folder, environment, new Problems(), new FileReads());
  }

  private ConfigResult load(
      List<Source> sources,
      Path folder,
      Environment environment,
      Problems problems,
      FileReads reads) {
    List<ConfigTree> trees = new ArrayList<>();
    for (Source source : sources) {
      YamlReader.read(source.name(), source.text(), problems).ifPresent(trees::add);
    }
    Secrets secrets = new Secrets();
    if (trees.isEmpty()) {
      return new ConfigResult.Invalid(problems.sorted(secrets), reads.digests());
    }
    ConfigTree tree = TreeMerge.merge(trees, problems);
    ReferenceSource source =
        new ReferenceSource(
            environment, folder, defaultData(), reads, secrets, SecretLookup.IN_FILES);
    return read(tree, source, Neighbours.NONE, problems, secrets)
        .<ConfigResult>map(
            reader -> new ConfigResult.Valid(reader.read(environment), reads.digests()))
        .orElseGet(() -> new ConfigResult.Invalid(problems.sorted(secrets), reads.digests()));
  }

  /**
   * Resolves a tree in place, checks it, and fills in its defaults.
   *
   * @param neighbours what is there beside the tree
   * @param secrets gets what no message may show
   * @return what reads it; nothing if there are problems, which may have been there before
   */
  Optional<SpecReader> read(
      ConfigTree tree,
      ReferenceSource source,
      Neighbours neighbours,
      Problems problems,
      Secrets secrets) {
    emptyForNull(tree.root());
    ObjectNode written = tree.root().deepCopy();
    Resolved references = new References(source, tree, problems).resolve();
    check(tree, references, neighbours, problems);
    if (!problems.isEmpty()) {
      secretOptions.values(tree.root(), Pointer.ROOT).forEach(secrets::add);
      return Optional.empty();
    }
    fillDefaults(tree.root());
    return Optional.of(new SpecReader(tree.root(), new DisplayConfig(secretOptions, written)));
  }

  private void check(
      ConfigTree tree, Resolved references, Neighbours neighbours, Problems problems) {
    ShownValues values = new ShownValues(tree, references, secretOptions);
    ViolationMessages messages = new ViolationMessages(schema, tree, values, problems);
    Set<Pointer> wrong = new Violations(messages).report(schemaCheck.violations(tree, references));
    wrong.addAll(references.failed());
    new Wiring(tree, values, wrong, neighbours, problems).check();
    new KafkaChecks(schema, tree, values, problems).check();
    new ExpressionChecks(tree, wrong, problems).check();
    new OptionChecks(types, schema, tree, problems).check(wrong);
  }

  private void fillDefaults(ObjectNode root) {
    Defaults defaults = new Defaults(schema.strict());
    defaults.fill(root, schema.strict());
    for (JsonNode connector : root.path("connectors")) {
      String kind = connector.has("source") ? "source" : "sink";
      defaults.fill(connector.path("config"), schema.options(kind, connector.path(kind).asText()));
    }
  }

  /** Which settings are secret. */
  SecretOptions secretOptions() {
    return secretOptions;
  }

  private Path defaultData() {
    JsonNode server = schema.strict().path("$defs").path("server");
    return Path.of(server.path("properties").path("data").path("default").asText());
  }

  /** A section, topic, connector or its options without a value is an empty one. */
  private static void emptyForNull(ObjectNode root) {
    for (String section : List.of("server", "topics", "connectors", "rules")) {
      emptyForNull(root, section);
    }
    for (String section : List.of("topics", "connectors", "rules")) {
      if (root.path(section) instanceof ObjectNode object) {
        names(object).forEach(name -> emptyForNull(object, name));
      }
    }
    for (JsonNode connector : root.path("connectors")) {
      if (connector instanceof ObjectNode object) {
        if (!object.has("config")) {
          object.putObject("config");
        }
        emptyForNull(object, "config");
      }
    }
  }

  private static void emptyForNull(ObjectNode parent, String name) {
    if (parent.path(name).isNull()) {
      parent.putObject(name);
    }
  }

  private static Collection<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
