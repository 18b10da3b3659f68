package dev.sluice.gateway.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes a declaration as it would stand in a configuration file. */
final class DraftYaml {

  private static final Pattern SECRET = Pattern.compile("\\$\\{secret:([^}]*)\\}");

  private DraftYaml() {}

  /**
   * The text; ends with a line break.
   *
   * @param at where in a document the declaration stands
   * @param written without literal secrets; references to kept ones become environment variables
   */
  static String of(Pointer at, JsonNode written) {
    Object value = ConfigSchema.JSON.convertValue(written, new TypeReference<Object>() {});
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    Map<String, Object> document =
        Map.of(String.valueOf(at.steps().getFirst()), Map.of(at.last(), value));
    return new Yaml(new Plain(options), options).dump(document);
  }

  /** Quotes what reads as something else than text, under YAML 1.1 as under 1.2. */
  private static final class Plain extends Representer {

    Plain(DumperOptions options) {
      super(options);
      this.representers.put(String.class, data -> text((String) data));
    }

    private Node text(String text) {
      String shown = SECRET.matcher(text).replaceAll(DraftYaml::variable);
      boolean isText = CoreResolver.plain(shown).isTextual();
      return representScalar(
          Tag.STR, shown, isText ? ScalarStyle.PLAIN : ScalarStyle.SINGLE_QUOTED);
    }
  }

  /** {@code SHOP_PASSWORD} for the secret {@code shop/password}. */
  private static String variable(MatchResult secret) {
    String name = secret.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    String start = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" : "";
    return Matcher.quoteReplacement("${env:" + start + name + "}");
  }
}
