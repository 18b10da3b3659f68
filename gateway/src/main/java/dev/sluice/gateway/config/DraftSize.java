package dev.sluice.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import java.util.Optional;

/** Bounds what a declaration may be, before anything looks into it. */
final class DraftSize {

  private DraftSize() {}

  /** Why a declaration is not looked at; empty if it can be. */
  static Optional<DraftProblem> problem(JsonNode declared) {
    if (!declared.isObject()) {
      return Optional.of(
          new DraftProblem(
              "",
              "the declaration is no JSON object",
              "send {\"source\": ...} or {\"sink\": ...}"));
    }
    if (isDeeperThan(declared, YamlReader.MAX_DEPTH)) {
      return Optional.of(
          new DraftProblem(
              "",
              "the declaration is nested too deeply",
              "at most " + YamlReader.MAX_DEPTH + " levels are read"));
    }
    if (bytes(declared) > Drafts.MAX_BYTES) {
      return Optional.of(
          new DraftProblem(
              "",
              "the declaration is larger than " + (Drafts.MAX_BYTES >> 10) + " KiB",
              "put large values into files, and write ${file:/path/to/file}"));
    }
    return Optional.empty();
  }

  private static boolean isDeeperThan(JsonNode node, int levels) {
    if (!node.isContainerNode()) {
      return false;
    }
    if (levels == 0) {
      return true;
    }
    for (JsonNode child : node) {
      if (isDeeperThan(child, levels - 1)) {
        return true;
      }
    }
    return false;
  }

  private static int bytes(JsonNode declared) {
    try {
      return ConfigSchema.JSON.writeValueAsBytes(declared).length;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree can't be written as JSON", impossible);
    }
  }
}
