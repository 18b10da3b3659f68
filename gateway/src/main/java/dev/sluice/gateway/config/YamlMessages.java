package dev.sluice.gateway.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in plain words what the YAML parser found, and what to do about it. */
final class YamlMessages {

  private YamlMessages() {}

  /** Adds the one mistake that stopped the parser. */
  static void explain(String file, MarkedYAMLException fault, Problems problems) {
    String problem = lower(fault.getProblem());
    String context = lower(fault.getContext());
    Mark here = fault.getProblemMark();
    Mark start = fault.getContextMark() == null ? here : fault.getContextMark();
    Said said = say(problem, context, start, here);
    problems.add(place(file, said.mark()), Pointer.ROOT, said.message(), said.suggestion());
  }

  private record Said(Mark mark, String message, String suggestion) {}

  private static Said say(String problem, String context, Mark start, Mark here) {
    if (problem.contains("tab") && problem.contains("'\\t")) {
      return new Said(here, "a tab can't be used for indentation", "use spaces");
    }
    if (context.contains("quoted scalar")) {
      return new Said(
          start, "the quote that opens here is never closed", "close it, or remove the quote");
    }
    if (context.contains("scanning a tag")) {
      return new Said(
          start, "'!' begins a tag, and no tag can be used here", "put the value into quotes");
    }
    if (problem.contains("mapping values are not allowed")) {
      return new Said(
          here,
          "this ':' is not expected here",
          "put the value into quotes, or look for a wrong indentation or a missing ':' above");
    }
    if (context.contains("flow mapping") || context.contains("flow sequence")) {
      String bracket = context.contains("mapping") ? "{" : "[";
      String closing = context.contains("mapping") ? "}" : "]";
      return new Said(
          start,
          "the '" + bracket + "' that opens here is not closed properly",
          "write '"
              + closing
              + "' and ',' where they belong, and quote values that contain braces");
    }
    if (context.contains("block mapping") || context.contains("block collection")) {
      return new Said(
          here,
          "this line does not belong to the block that begins in line " + (start.getLine() + 1),
          "align it with that block's other lines");
    }
    if (problem.contains("could not find expected ':'")) {
      return new Said(start, "this line has no ':'", "write 'key: value'");
    }
    if (problem.contains("undefined alias")) {
      return new Said(
          here,
          "'*' refers to an anchor that is not defined",
          "define it with '&', or put the value into quotes");
    }
    if (problem.contains("cannot start any token")) {
      return new Said(here, "a value can't begin with this character", "put the value into quotes");
    }
    if (problem.contains("another document") || context.contains("single document")) {
      return new Said(here, "a second document begins here", "keep one document per file");
    }
    return new Said(here, "this is not YAML: " + problem, "");
  }

  static Place place(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
