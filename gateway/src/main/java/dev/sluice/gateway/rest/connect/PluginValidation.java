package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts the mistakes of a declaration under the settings that they concern, as Connect does. */
final class PluginValidation {

  private static final String OTHER = "connector.class";
  private static final String OPTIONS = "config.";
  private static final String SECRET = "PASSWORD";

  private final Map<String, PluginOption> settings = new LinkedHashMap<>();

  /**
   * For one kind and type.
   *
   * @param around the schema of what stands around the options
   * @param options the schema of the options
   */
  PluginValidation(JsonNode around, JsonNode options) {
    add(new PluginOption(OTHER, "STRING", true, null, "HIGH", "The type.", "Type", 0));
    PluginOption.all("", around).stream()
        .filter(option -> !option.name().equals("config"))
        .forEach(this::add);
    PluginOption.all(OPTIONS, options).forEach(this::add);
  }

  private void add(PluginOption option) {
    settings.put(option.name(), option);
  }

  /** What to answer for a configuration with these mistakes. */
  ConnectJson.Validation of(
      String plugin, Map<String, @Nullable String> given, List<DraftProblem> problems) {
    Map<String, List<String>> errors = new LinkedHashMap<>();
    for (DraftProblem problem : problems) {
      String cure = problem.suggestion().isEmpty() ? "" : " (" + problem.suggestion() + ")";
      errors
          .computeIfAbsent(setting(problem), name -> new ArrayList<>())
          .add(problem.message() + cure);
    }
    List<ConnectJson.ValidatedOption> options = new ArrayList<>();
    settings.forEach(
        (name, option) -> {
          boolean isSecret = option.type().equals(SECRET);
          String value = isSecret ? null : given.getOrDefault(name, given.get(bare(name)));
          options.add(
              new ConnectJson.ValidatedOption(
                  option,
                  new ConnectJson.ValidatedValue(
                      name, value, List.of(), errors.getOrDefault(name, List.of()), true)));
        });
    return new ConnectJson.Validation(plugin, problems.size(), List.of(), options);
  }

  private static String bare(String name) {
    return name.startsWith(OPTIONS) ? name.substring(OPTIONS.length()) : name;
  }

  /** The setting that a mistake concerns: by its place, or the one that the message names. */
  private String setting(DraftProblem problem) {
    String path = problem.path().isEmpty() ? "" : problem.path().substring(1).replace('/', '.');
    for (String name : settings.keySet()) {
      if (path.equals(name) || path.startsWith(name + ".")) {
        return name;
      }
    }
    for (String name : settings.keySet()) {
      if (problem.message().contains("'" + bare(name) + "'")) {
        return name;
      }
    }
    return OTHER;
  }
}
