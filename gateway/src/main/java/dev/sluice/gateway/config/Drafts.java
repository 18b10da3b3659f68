package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConnectorSpec.Fault;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks declarations of single connectors and rules that stand in no file: the JSON form
 * of what would stand under {@code connectors.NAME} or {@code rules.NAME}. What is checked, and
 * what is said of mistakes, is what {@link ConfigLoader} does for files. Starts and keeps nothing.
 * Thread-safe.
 */
public final class Drafts {

  /** The largest declaration that is taken, in bytes of JSON. */
  public static final int MAX_BYTES = 256 << 10;

  private final ConfigLoader loader;
  private final Path folder;
  private final Environment environment;
  private final Path data;

  /**
   * Checks what belongs to a configuration.
   *
   * @param configuration the file or directory at which relative references start
   * @param data the data directory
   */
  public Drafts(ConfigLoader loader, Path configuration, Environment environment, Path data) {
    this.loader = loader;
    this.folder = ConfigFiles.folder(configuration);
    this.environment = environment;
    this.data = data;
  }

  /**
   * Checks a declaration.
   *
   * @param name what the connector is to be called
   * @param declared the declaration; is not changed
   * @param kept secrets that references in it may stand for
   * @param neighbours what is there beside it
   */
  public DraftResult check(
      String name, JsonNode declared, SecretValues kept, Neighbours neighbours) {
    Optional<DraftProblem> unfit = DraftSize.problem(declared);
    if (unfit.isPresent()) {
      return new DraftResult.Invalid(
          List.of(unfit.get()), outline(name, empty(), faultOf(unfit.get())), "", Map.of());
    }
    return new Check(name, declared.deepCopy(), kept, neighbours).run();
  }

  /**
   * What can be told of a declaration without checking it: what it is, and what it reads and writes
   * as far as that is written plainly.
   */
  public ConnectorSpec outline(String name, JsonNode declared) {
    return outline(name, declared, null);
  }

  /**
   * A connector that can't run, see {@link #outline(String, JsonNode)}.
   *
   * @param fault why
   */
  public ConnectorSpec unusable(String name, JsonNode declared, Fault fault) {
    return outline(name, declared, fault);
  }

  private ConnectorSpec outline(String name, JsonNode declared, @Nullable Fault fault) {
    return new DraftOutline(loader.schema(), loader.secretOptions())
        .of(name, declared)
        .madeOverHttp(fault);
  }

  private static Fault faultOf(DraftProblem problem) {
    String place = problem.path().isEmpty() ? "" : " at " + problem.path();
    return new Fault(
        "The connector can't run as it is declared%s: %s.".formatted(place, problem.message()),
        problem.suggestion().isEmpty() ? "Change it." : sentence(problem.suggestion()));
  }

  private static String sentence(String text) {
    String end = text.endsWith("?") || text.endsWith(".") ? "" : ".";
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + end;
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A digest of what a file holds now, to be compared with {@link DraftResult#files}. */
  public static String digest(Path file) {
    return FileReads.digest(file);
  }

  /** Whether it is declared under {@code rules}. */
  static boolean isRule(JsonNode declared) {
    return !declared.has("source")
        && !declared.has("sink")
        && (declared.has("from") || declared.has("to"));
  }

  /** The check of one declaration. */
  private final class Check {

    private final String name;
    private final Pointer at;
    private final ConfigTree tree = new ConfigTree(empty());
    private final SecretValues kept;
    private final Neighbours neighbours;
    private final Problems problems = new Problems();
    private final Secrets covered = new Secrets();
    private final FileReads reads = new FileReads();

    Check(String name, JsonNode declared, SecretValues kept, Neighbours neighbours) {
      String section = isRule(declared) ? "rules" : "connectors";
      this.name = name;
      this.at = Pointer.of(section, name);
      this.kept = kept;
      this.neighbours = neighbours;
      tree.root().putObject(section).set(name, declared);
    }

    DraftResult run() {
      SecretValues secrets =
          new SecretSplit(loader.secretOptions(), tree, at, kept, problems).split();
      secrets.byName().values().forEach(covered::add);
      JsonNode written = at.in(tree.root()).deepCopy();
      String yaml = DraftYaml.of(at, written);
      declareDeadLetters(written);
      ReferenceSource source =
          new ReferenceSource(
              environment.withDataDirectory(data),
              folder,
              data,
              reads,
              covered,
              own -> Optional.ofNullable(secrets.byName().get(own)));
      Optional<SpecReader> reader = loader.read(tree, source, neighbours, problems, covered);
      if (reader.isPresent() && written instanceof ObjectNode object) {
        ConnectorSpec spec = reader.get().connector(name).madeOverHttp(null);
        return new DraftResult.Valid(spec, object, secrets, yaml, reads.digests());
      }
      List<DraftProblem> found = problems.located(covered).stream().map(this::problem).toList();
      return new DraftResult.Invalid(
          found, outline(name, written, faultOf(found.getFirst())), yaml, reads.digests());
    }

    /** So that the check of where dead letters go finds the topic, if there is one. */
    private void declareDeadLetters(JsonNode written) {
      String topic = SpecReader.deadLetterTopic(name, written.path("errors"));
      if (neighbours.compacted().contains(topic)) {
        tree.root().putObject("topics").putObject(topic).put("compact", true);
      }
    }

    private DraftProblem problem(Problems.Found found) {
      Problem problem = found.problem();
      boolean isWithin = found.at().startsWith(at);
      return new DraftProblem(
          isWithin ? found.at().jsonPointer(at.depth()) : "",
          isWithin ? problem.message() : problem.path() + ": " + problem.message(),
          problem.suggestion());
    }
  }
}
