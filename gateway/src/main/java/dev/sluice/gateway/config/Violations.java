package dev.sluice.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns what a schema validator found into mistakes that people can mend: alternatives ({@code
 * oneOf}, {@code anyOf}) become one message, and what only follows from a misspelt key is left out.
 * One instance serves one load.
 */
final class Violations {

  private final ViolationMessages messages;
  private final Set<Pointer> reported = new HashSet<>();
  private final Map<Pointer, Set<String>> guessed = new LinkedHashMap<>();

  Violations(ViolationMessages messages) {
    this.messages = messages;
  }

  /** Reports all of them, and answers the places that are wrong. */
  Set<Pointer> report(List<Error> errors) {
    errors.forEach(this::guessKeys);
    Map<String, List<Error>> alternatives = new LinkedHashMap<>();
    for (Error error : errors) {
      Optional<NodePath> choice = choice(error.getEvaluationPath());
      if (choice.isEmpty()) {
        reportPlain(error);
      } else {
        Pointer at = choiceInstance(error, choice.get(), errors);
        alternatives.computeIfAbsent(choice.get() + " " + at, key -> new ArrayList<>()).add(error);
      }
    }
    alternatives.values().forEach(this::reportChoice);
    return reported;
  }

  private void guessKeys(Error error) {
    if (error.getKeyword().equals("additionalProperties")) {
      messages
          .meant(error)
          .ifPresent(
              name ->
                  guessed
                      .computeIfAbsent(
                          Pointer.of(error.getInstanceLocation()), key -> new HashSet<>())
                      .add(name));
    }
  }

  private void reportPlain(Error error) {
    Pointer at = Pointer.of(error.getInstanceLocation());
    reported.add(at);
    boolean follows =
        error.getKeyword().equals("required")
            && guessed.getOrDefault(at, Set.of()).contains(error.getProperty());
    if (!follows) {
      messages.report(error);
    }
  }

  private void reportChoice(List<Error> errors) {
    Pointer at = shallowest(errors);
    reported.add(at);
    Set<String> names = requiredNames(errors);
    if (!names.isEmpty()) {
      if (messages.isMap(at) && Collections.disjoint(guessed.getOrDefault(at, Set.of()), names)) {
        messages.reportExactlyOne(at, names);
      }
      return;
    }
    Map<Object, List<Error>> branches = branches(errors);
    List<List<Error>> fitting =
        branches.values().stream().filter(branch -> !hasWrongType(branch, at)).toList();
    if (fitting.isEmpty()) {
      Set<String> types = new LinkedHashSet<>();
      branches.values().forEach(branch -> types.addAll(types(branch, at)));
      messages.reportType(at, types);
    } else {
      fitting.getFirst().forEach(this::reportPlain);
    }
  }

  /** The names between which a choice of {@code required} lists asks to choose; else empty. */
  private Set<String> requiredNames(List<Error> errors) {
    Set<String> names = new LinkedHashSet<>();
    for (Error error : errors) {
      if (error.getKeyword().equals("oneOf")) {
        for (JsonNode branch : error.getSchemaNode()) {
          branch.path("required").forEach(name -> names.add(name.asText()));
        }
      } else if (!error.getKeyword().equals("required")) {
        return Set.of();
      } else {
        names.add(error.getProperty());
      }
    }
    return names;
  }

  private static Map<Object, List<Error>> branches(List<Error> errors) {
    Map<Object, List<Error>> branches = new TreeMap<>();
    for (Error error : errors) {
      int depth = choice(error.getEvaluationPath()).map(NodePath::getNameCount).orElse(0);
      if (error.getEvaluationPath().getNameCount() > depth) {
        branches
            .computeIfAbsent(error.getEvaluationPath().getName(depth), branch -> new ArrayList<>())
            .add(error);
      }
    }
    return branches.isEmpty() ? Map.of(0, errors) : branches;
  }

  private static boolean hasWrongType(List<Error> branch, Pointer at) {
    return !types(branch, at).isEmpty();
  }

  private static Set<String> types(List<Error> branch, Pointer at) {
    Set<String> types = new LinkedHashSet<>();
    for (Error error : branch) {
      if (error.getKeyword().equals("type") && Pointer.of(error.getInstanceLocation()).equals(at)) {
        types.addAll(ViolationMessages.types(error.getSchemaNode()));
      }
    }
    return types;
  }

  /** The way to the outermost choice that an error stands in. */
  private static Optional<NodePath> choice(NodePath path) {
    Optional<NodePath> outermost = Optional.empty();
    for (NodePath at = path; at != null && at.getNameCount() > 0; at = at.getParent()) {
      Object last = at.getElement(at.getNameCount() - 1);
      boolean named =
          at.getNameCount() > 1 && "properties".equals(at.getElement(at.getNameCount() - 2));
      if (!named && (last.equals("oneOf") || last.equals("anyOf"))) {
        outermost = Optional.of(at);
      }
    }
    return outermost;
  }

  /** Where the value stands that had the choice: the shallowest of those that failed together. */
  private static Pointer choiceInstance(Error error, NodePath choice, List<Error> errors) {
    Pointer at = Pointer.of(error.getInstanceLocation());
    Pointer shallowest = at;
    for (Error other : errors) {
      Pointer there = Pointer.of(other.getInstanceLocation());
      if (other.getEvaluationPath().startsWith(choice)
          && at.startsWith(there)
          && there.depth() < shallowest.depth()) {
        shallowest = there;
      }
    }
    return shallowest;
  }

  private static Pointer shallowest(List<Error> errors) {
    Pointer shallowest = Pointer.of(errors.getFirst().getInstanceLocation());
    for (Error error : errors) {
      Pointer at = Pointer.of(error.getInstanceLocation());
      shallowest = at.depth() < shallowest.depth() ? at : shallowest;
    }
    return shallowest;
  }
}
