package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML into a tree that knows where each value stands. Scalars mean what YAML 1.2 says (only
 * {@code true} and {@code false} are booleans; {@code no}, {@code on}, {@code 1:30} and dates are
 * text); merge keys are followed; other tags are refused. Depth, aliases and the number of values
 * are bounded, so that a small file can't become a large tree. One instance reads one text.
 */
final class YamlReader {

  static final int MAX_DEPTH = 50;
  static final int MAX_ALIASES = 100;
  static final int MAX_VALUES = 100_000;

  private final String file;
  private final Problems problems;
  private final ConfigTree tree = new ConfigTree(JsonNodeFactory.instance.objectNode());
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  private YamlReader(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads a text; empty if its mistakes leave nothing to look at further. */
  static Optional<ConfigTree> read(String file, String text, Problems problems) {
    return new YamlReader(file, problems).read(text);
  }

  private Optional<ConfigTree> read(String text) {
    try {
      Node root = compose(text);
      if (root == null || isNull(root)) {
        problems.add(
            Place.wholeFile(file),
            Pointer.ROOT,
            "the file is empty",
            "declare topics, connectors or rules in it");
        return Optional.empty();
      }
      return root instanceof MappingNode map ? fill(map) : notAMap(root);
    } catch (MarkedYAMLException fault) {
      YamlMessages.explain(file, fault, problems);
    } catch (ReaderException fault) {
      problems.add(
          placeOf(text, fault.getPosition()),
          Pointer.ROOT,
          String.format("the character U+%04X is not allowed in YAML", fault.getCodePoint()),
          "remove it");
    } catch (YAMLException fault) {
      problems.add(
          Place.wholeFile(file),
          Pointer.ROOT,
          "the file is nested too deeply or uses too many aliases",
          "at most " + MAX_DEPTH + " levels and " + MAX_ALIASES + " aliases are read");
    } catch (TooMuch fault) {
      problems.add(fault.place, Pointer.ROOT, fault.what, fault.cure);
    }
    return Optional.empty();
  }

  private Optional<ConfigTree> fill(MappingNode map) {
    mark(Pointer.ROOT, map, map);
    convertMap(Pointer.ROOT, map, tree.root());
    return Optional.of(tree);
  }

  private Optional<ConfigTree> notAMap(Node root) {
    problems.add(
        YamlMessages.place(file, root.getStartMark()),
        Pointer.ROOT,
        "the file must be a map of settings, not "
            + (root instanceof SequenceNode ? "a list" : "a single value"),
        "begin with server:, topics:, connectors: or rules:");
    return Optional.empty();
  }

  /**
   * The nodes of a text, with their places.
   *
   * @return null if there is nothing in it
   * @throws YAMLException if it is no YAML, or beyond the limits
   */
  static @Nullable Node compose(String text) {
    return composer(text).getSingleNode();
  }

  private static Composer composer(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(Integer.MAX_VALUE);
    // Tags are refused one by one, with their places; nothing is ever constructed from one.
    options.setTagInspector(tag -> true);
    return new Composer(
        new ParserImpl(new StreamReader(text), options), new CoreResolver(), options);
  }

  private JsonNode convert(Pointer at, Node node) {
    if (++values > MAX_VALUES) {
      throw new TooMuch(
          YamlMessages.place(file, node.getStartMark()),
          "the file holds more than " + MAX_VALUES + " values",
          "split it, or use fewer aliases");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(at, scalar);
    }
    if (!open.add(node)) {
      throw endless(node);
    }
    try {
      return switch (node) {
        case MappingNode map -> {
          checkTag(at, map, Tag.MAP);
          ObjectNode object = JsonNodeFactory.instance.objectNode();
          convertMap(at, map, object);
          yield object;
        }
        case SequenceNode list -> {
          checkTag(at, list, Tag.SEQ);
          yield convertList(at, list);
        }
        default -> throw endless(node);
      };
    } finally {
      open.remove(node);
    }
  }

  private ArrayNode convertList(Pointer at, SequenceNode list) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node item : list.getValue()) {
      Pointer child = at.child(array.size());
      mark(child, item, item);
      array.add(convert(child, item));
    }
    return array;
  }

  private void convertMap(Pointer at, MappingNode map, ObjectNode into) {
    Set<String> own = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      if (!isMerge(entry.getKeyNode())) {
        convertEntry(at, entry, into, own);
      }
    }
    for (NodeTuple entry : map.getValue()) {
      if (isMerge(entry.getKeyNode())) {
        merge(at, entry.getValueNode(), into);
      }
    }
  }

  private void convertEntry(Pointer at, NodeTuple entry, ObjectNode into, Set<String> own) {
    if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
      problems.add(
          YamlMessages.place(file, entry.getKeyNode().getStartMark()),
          at,
          "a key must be a plain word, not a map or list",
          "a value with braces needs quotes");
      return;
    }
    String key = keyNode.getValue();
    Pointer child = at.child(key);
    if (!own.add(key)) {
      ConfigTree.Marks first = tree.marks().get(child);
      problems.add(
          YamlMessages.place(file, keyNode.getStartMark()),
          child,
          "the key '" + child.shownLast() + "' is given twice",
          first == null ? "keep one" : "the first is in line " + first.key().line());
      return;
    }
    mark(child, keyNode, entry.getValueNode());
    into.set(key, convert(child, entry.getValueNode()));
  }

  private void merge(Pointer at, Node from, ObjectNode into) {
    switch (from) {
      case MappingNode map -> {
        if (!open.add(map)) {
          throw endless(map);
        }
        mergeMap(at, map, into);
        open.remove(map);
      }
      case SequenceNode list -> list.getValue().forEach(item -> merge(at, item, into));
      default ->
          problems.add(
              YamlMessages.place(file, from.getStartMark()),
              at,
              "'<<' must name a map",
              "write '<<: *anchor'");
    }
  }

  private void mergeMap(Pointer at, MappingNode map, ObjectNode into) {
    for (NodeTuple entry : map.getValue()) {
      if (isMerge(entry.getKeyNode())) {
        merge(at, entry.getValueNode(), into);
      } else if (entry.getKeyNode() instanceof ScalarNode key && !into.has(key.getValue())) {
        Pointer child = at.child(key.getValue());
        mark(child, key, entry.getValueNode());
        into.set(key.getValue(), convert(child, entry.getValueNode()));
      }
    }
  }

  private JsonNode scalar(Pointer at, ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR)) {
      return JsonNodeFactory.instance.textNode(text);
    }
    @Nullable JsonNode value = CoreResolver.value(tag, text);
    if (value == null) {
      unknownTag(at, scalar);
      return CoreResolver.plain(text);
    }
    return value;
  }

  private void checkTag(Pointer at, Node node, Tag expected) {
    if (!node.getTag().equals(expected)) {
      unknownTag(at, node);
    }
  }

  private void unknownTag(Pointer at, Node node) {
    problems.add(
        YamlMessages.place(file, node.getStartMark()),
        at,
        "'!' begins a tag, and no tag can be used here",
        "remove the tag, or put a value that begins with '!' into quotes");
  }

  private void mark(Pointer at, Node key, Node value) {
    tree.marks()
        .put(
            at,
            new ConfigTree.Marks(
                YamlMessages.place(file, key.getStartMark()),
                YamlMessages.place(file, value.getStartMark())));
  }

  private TooMuch endless(Node node) {
    return new TooMuch(
        YamlMessages.place(file, node.getStartMark()),
        "the anchor of this value is used within the value",
        "write the value out");
  }

  static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().equals("<<");
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private Place placeOf(String text, int position) {
    String before = text.substring(0, Math.clamp(position, 0, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(file, line, before.length() - before.lastIndexOf('\n'));
  }

  /** Ends the reading of a text that would become too large or never end. */
  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Place place;
    private final String what;
    private final String cure;

    private TooMuch(Place place, String what, String cure) {
      super(what);
      this.place = place;
      this.what = what;
      this.cure = cure;
    }
  }
}
