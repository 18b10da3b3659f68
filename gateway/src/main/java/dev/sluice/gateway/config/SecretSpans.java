package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.gateway.config.Credentials.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds the secrets that stand in a file: values of options that are secret or unknown, defaults of
 * references to secrets, passwords within URLs, and what looks like one in a comment. One instance
 * looks at one text.
 */
final class SecretSpans {

  /** Anchors and tags before a value. */
  private static final Pattern PROPERTIES = Pattern.compile("(?:[&!]\\S*\\s+)+");

  private static final Pattern OPTION_NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private final String file;
  private final String text;
  private final SecretOptions secrets;
  private final Set<Pointer> mayBeCovered;
  private final JsonNode root;

  /** Where the code points begin, since marks count these. */
  private final int[] offsets;

  private final Map<Place, List<Pointer>> pointers = new HashMap<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<SecretSpan> found = new ArrayList<>();
  private final List<int[]> scalars = new ArrayList<>();

  private SecretSpans(String file, String text, SecretOptions secrets, Set<Pointer> mayBeCovered) {
    this.file = file;
    this.text = text;
    this.secrets = secrets;
    this.mayBeCovered = mayBeCovered;
    this.offsets = offsets(text);
    @Nullable ConfigTree tree = YamlReader.read(file, text, new Problems()).orElse(null);
    this.root = tree == null ? JsonNodeFactory.instance.missingNode() : tree.root();
    if (tree != null) {
      tree.marks()
          .forEach(
              (pointer, marks) ->
                  pointers.computeIfAbsent(marks.value(), at -> new ArrayList<>()).add(pointer));
    }
  }

  /**
   * The secrets in a text, by place, without overlaps.
   *
   * @param mayBeCovered settings that count as secret when they hold a cover
   * @throws YAMLException if the text is no YAML: then nobody can tell
   */
  static List<SecretSpan> of(
      String file, String text, SecretOptions secrets, Set<Pointer> mayBeCovered) {
    Node root = YamlReader.compose(text);
    SecretSpans spans = new SecretSpans(file, text, secrets, mayBeCovered);
    if (root != null) {
      spans.walk(Pointer.ROOT, root);
    }
    spans.found.addAll(CommentSecrets.of(file, text, spans.scalars));
    spans.found.sort(Comparator.comparingInt(SecretSpan::start));
    return List.copyOf(spans.found);
  }

  private void walk(Pointer at, Node node) {
    if (!seen.add(node)) {
      return; // An alias: what it stands for is where its anchor is.
    }
    switch (node) {
      case ScalarNode scalar -> scalar(at, scalar);
      case SequenceNode list -> {
        for (int i = 0; i < list.getValue().size(); i++) {
          walk(at.child(i), list.getValue().get(i));
        }
      }
      case MappingNode map -> map.getValue().forEach(entry -> entry(at, entry));
      default -> throw new YAMLException("an anchor that is not there");
    }
  }

  private void entry(Pointer at, NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode key) {
      Pointer child = at.child(key.getValue());
      int start = offset(key.getStartMark());
      int end = offset(key.getEndMark());
      scalars.add(new int[] {start, end});
      keyWithValue(child, key, start, end);
      walk(child, entry.getValueNode());
    } else {
      walk(at, entry.getKeyNode());
      walk(at, entry.getValueNode());
    }
  }

  /** A key such as {@code password:secret}, where a space is missing. */
  private void keyWithValue(Pointer at, ScalarNode key, int start, int end) {
    Matcher name = OPTION_NAME.matcher(text).region(start, end);
    if (!at.shownLast().equals(at.last()) && name.lookingAt() && name.end() < end) {
      Pointer shown = at.parent().child(at.shownLast());
      found.add(part(new Part(name.end(), end), shown, 0, key));
    }
  }

  private void scalar(Pointer at, ScalarNode node) {
    int start = offset(node.getStartMark());
    int end = offset(node.getEndMark());
    Matcher properties = PROPERTIES.matcher(text).region(start, end);
    start = properties.lookingAt() ? properties.end() : start;
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--; // A block scalar ends where the next line begins.
    }
    scalars.add(new int[] {start, end});
    if (start == end) {
      return;
    }
    if (isSecret(at, node)) {
      secret(at, node, start, end);
    } else {
      parts(at, node, start, end);
    }
  }

  private boolean isSecret(Pointer at, ScalarNode node) {
    if (mayBeCovered.contains(at) && node.getValue().equals(Secrets.COVER)) {
      return true;
    }
    Set<Pointer> all = new HashSet<>(Set.of(at));
    all.addAll(pointers.getOrDefault(YamlMessages.place(file, node.getStartMark()), List.of()));
    return all.stream().anyMatch(one -> secrets.mayBeSecret(root, one));
  }

  private void secret(Pointer at, ScalarNode node, int start, int end) {
    List<Part> defaults = DisplayConfig.defaults(text.substring(start, end));
    if (!DisplayConfig.isWholeReference(node.getValue())) {
      found.add(whole(start, end, at, node));
    } else if (!defaults.isEmpty()) {
      found.add(part(defaults.getFirst().movedBy(start), at, 0, node));
    }
  }

  /** Passwords within a text; if its quoting hides where they are, the whole of it. */
  private void parts(Pointer at, ScalarNode node, int start, int end) {
    int quote = isQuoted(node) ? 1 : 0;
    String raw = text.substring(start + quote, end - quote);
    String value = node.getValue();
    List<Part> parts = Credentials.literals(raw);
    List<String> shown = parts.stream().map(part -> part.in(raw)).toList();
    if (!Credentials.literals(value).stream().map(p -> p.in(value)).toList().equals(shown)) {
      found.add(whole(start, end, at, node));
      return;
    }
    for (int i = 0; i < parts.size(); i++) {
      found.add(part(parts.get(i).movedBy(start + quote), at, i, node));
    }
  }

  private static boolean isQuoted(ScalarNode node) {
    return node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
        || node.getScalarStyle() == ScalarStyle.SINGLE_QUOTED;
  }

  private SecretSpan whole(int start, int end, Pointer at, ScalarNode node) {
    return new SecretSpan(
        start,
        end,
        YamlMessages.place(file, node.getStartMark()),
        at,
        "",
        0,
        null,
        node.getValue());
  }

  private SecretSpan part(Part part, Pointer at, int ordinal, ScalarNode node) {
    return new SecretSpan(
        part.start(),
        part.end(),
        YamlMessages.place(file, node.getStartMark()),
        at,
        "",
        ordinal,
        node.getScalarStyle(),
        node.getValue());
  }

  private int offset(Mark mark) {
    return offsets[mark.getIndex()];
  }

  private static int[] offsets(String text) {
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = text.offsetByCodePoints(offsets[i - 1], 1);
    }
    return offsets;
  }
}
