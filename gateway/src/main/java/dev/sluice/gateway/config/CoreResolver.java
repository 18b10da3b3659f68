package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** What an unquoted scalar means under the core schema of YAML 1.2 (chapter 10.3). */
final class CoreResolver extends Resolver {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NULLS = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern BOOLEANS = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGERS =
      Pattern.compile("[-+]?[0-9]{1,40}|0o[0-7]{1,40}|0x[0-9a-fA-F]{1,40}");
  private static final Pattern NUMBERS =
      Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");

  @Override
  protected void addImplicitResolvers() {
    Map.of(Tag.NULL, NULLS, Tag.BOOL, BOOLEANS, Tag.INT, INTEGERS)
        .forEach((tag, pattern) -> addImplicitResolver(tag, pattern, null));
    addImplicitResolver(Tag.FLOAT, NUMBERS, null);
  }

  /** The value of a scalar that has such a tag; null if the tag or the text is none of these. */
  static @Nullable JsonNode value(Tag tag, String text) {
    if (tag.equals(Tag.NULL) && NULLS.matcher(text).matches()) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.BOOL) && BOOLEANS.matcher(text).matches()) {
      return NODES.booleanNode(text.equalsIgnoreCase("true"));
    }
    if (tag.equals(Tag.INT) && INTEGERS.matcher(text).matches()) {
      return integer(text);
    }
    if (tag.equals(Tag.FLOAT) && NUMBERS.matcher(text).matches()) {
      return NODES.numberNode(Double.parseDouble(text));
    }
    return null;
  }

  /** A text read as it would be without quotes; text when it is nothing else. */
  static JsonNode plain(String text) {
    for (Tag tag : new Tag[] {Tag.BOOL, Tag.INT, Tag.FLOAT}) {
      JsonNode value = value(tag, text);
      if (value != null) {
        return value;
      }
    }
    return NODES.textNode(text);
  }

  private static JsonNode integer(String text) {
    BigInteger value =
        text.startsWith("0o")
            ? new BigInteger(text.substring(2), 8)
            : text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    if (value.bitLength() < Integer.SIZE) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }
}
