package dev.sluice.gateway.config;

import dev.sluice.gateway.config.SecretSpan.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Covers the secrets of a file, and puts them back into a changed version of what was covered. A
 * secret goes only where the file has it: to the same setting while that is still a secret one, or
 * into the same comment. Within a list that has changed nobody can tell which is which, so there it
 * is refused. Immutable.
 */
final class SecretMask {

  private static final String CURE =
      "write the value, or better a reference such as ${env:NAME} or ${file:/run/secrets/name}";

  /** Plain words, and quotes that end on the line where they begin. */
  private static final Pattern FITS_ANYWHERE =
      Pattern.compile("[A-Za-z0-9_./+-]+|'[^\\n]*'|\"[^\\n]*\"");

  private final SecretOptions secrets;

  SecretMask(SecretOptions secrets) {
    this.secrets = secrets;
  }

  /**
   * A text without its secrets.
   *
   * @param text with {@code ****} in the place of each
   * @param count how many there were
   */
  record Masked(String text, int count) {}

  /** The text as people may see it; empty if it is no YAML, since then nobody can tell. */
  Optional<Masked> mask(String file, String text) {
    List<SecretSpan> spans;
    try {
      spans = SecretSpans.of(file, text, secrets, Set.of());
    } catch (YAMLException unknown) {
      return Optional.empty();
    }
    StringBuilder masked = new StringBuilder();
    int from = 0;
    for (SecretSpan span : spans) {
      masked.append(text, from, span.start()).append(span.cover());
      from = span.end();
    }
    return Optional.of(new Masked(masked.append(text.substring(from)).toString(), spans.size()));
  }

  /**
   * Puts secrets back.
   *
   * @param original what the file holds
   * @param changed a version of it in which secrets are covered
   * @param problems gets the places for which there is no secret
   * @return the changed text with its secrets; as it is if it is no YAML, which whoever reads it
   *     will say
   */
  RestoredText restore(String file, String original, String changed, Problems problems) {
    List<SecretSpan> had = spansOrNone(file, original);
    List<SecretSpan> has;
    try {
      has = SecretSpans.of(file, changed, secrets, secretByQuoting(file, original, had));
    } catch (YAMLException noYaml) {
      return RestoredText.unchanged(changed);
    }
    Map<Identity, SecretSpan> known = new HashMap<>();
    had.forEach(span -> known.put(span.identity(), span));
    MaskedLists lists =
        new MaskedLists(file, mask(file, original).map(Masked::text).orElse(""), changed);
    RestoredText.Builder restored = new RestoredText.Builder(changed);
    Map<SecretSpan, SecretSpan> putBack = new LinkedHashMap<>();
    for (SecretSpan span : has) {
      if (!isCover(span, changed)) {
        continue;
      }
      SecretSpan secret = known.get(span.identity());
      String refusal = refusal(span, secret, lists);
      if (secret == null || refusal != null) {
        refuse(span, String.valueOf(refusal), problems);
      } else {
        restored.replace(span, secretText(span, changed, secret, original));
        putBack.put(span, secret);
      }
    }
    RestoredText result = restored.build();
    checkArrived(file, result.text(), putBack, problems);
    checkNoneIsLost(file, result, had, problems);
    return result;
  }

  /** Settings that are no secrets, and are covered since they hide one behind their quoting. */
  private Set<Pointer> secretByQuoting(String file, String text, List<SecretSpan> spans) {
    Set<Pointer> found = new HashSet<>();
    YamlReader.read(file, text, new Problems())
        .ifPresent(
            tree -> {
              for (SecretSpan span : spans) {
                Pointer at = span.pointer();
                if (at != null && span.isWhole() && !secrets.mayBeSecret(tree.root(), at)) {
                  found.add(at);
                }
              }
            });
    return found;
  }

  private List<SecretSpan> spansOrNone(String file, String text) {
    try {
      return SecretSpans.of(file, text, secrets, Set.of());
    } catch (YAMLException nothingWasShown) {
      return List.of();
    }
  }

  private static boolean isCover(SecretSpan span, String text) {
    return span.isWhole()
        ? span.value().equals(Secrets.COVER)
        : span.in(text).equals(Secrets.COVER);
  }

  private static @Nullable String refusal(
      SecretSpan span, @Nullable SecretSpan known, MaskedLists lists) {
    if (known == null) {
      return "'****' stands for a secret that the file does not have at this place";
    }
    if (known.style() != span.style()) {
      return "'****' stands for a secret that the file has in other quotes";
    }
    return lists.areSame(span.pointer())
        ? null
        : "'****' stands for a secret in a list that has changed";
  }

  private static void refuse(SecretSpan span, String message, Problems problems) {
    Pointer pointer = span.pointer();
    problems.add(span.place(), pointer == null ? Pointer.ROOT : pointer, message, CURE);
  }

  /** As it was written, if it fits where it goes; else a value in quotes. */
  private static String secretText(
      SecretSpan span, String changed, SecretSpan known, String original) {
    String written = known.in(original);
    boolean fits =
        !span.isWhole()
            || FITS_ANYWHERE.matcher(written).matches()
            || span.before(changed).equals(known.before(original));
    return fits ? written : ConfigSchema.JSON.getNodeFactory().textNode(known.value()).toString();
  }

  /** What was put back must read as it did: the text around it could make it something else. */
  private void checkArrived(
      String file, String restored, Map<SecretSpan, SecretSpan> putBack, Problems problems) {
    Map<Identity, String> now = new HashMap<>();
    spansOrNone(file, restored).forEach(span -> now.put(span.identity(), span.value()));
    for (Map.Entry<SecretSpan, SecretSpan> entry : putBack.entrySet()) {
      SecretSpan secret = entry.getValue();
      if (secret.isWhole() && !secret.value().equals(now.get(secret.identity()))) {
        refuse(
            entry.getKey(),
            "the secret of this setting does not fit where '****' is now",
            problems);
      }
    }
  }

  /** A cover at a place that is no longer secret would be taken for the value. */
  private static void checkNoneIsLost(
      String file, RestoredText restored, List<SecretSpan> had, Problems problems) {
    YamlReader.read(file, restored.text(), new Problems())
        .ifPresent(
            tree -> {
              for (SecretSpan span : had) {
                Pointer at = span.pointer();
                if (at != null && at.in(tree.root()).asText().equals(Secrets.COVER)) {
                  problems.add(
                      restored.asSeen(tree.valuePlace(at)),
                      at,
                      "'****' stands for a secret, and this setting is none any more",
                      "write what it shall be");
                }
              }
            });
  }
}
