package dev.sluice.gateway.rest.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.rest.ApiException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Changed files as a request brings them. */
@Schema(description = "Changed files of the configuration; those that are left out stay.")
record ConfigTexts(List<ConfigText> files) {

  /** A changed file. */
  @Schema(description = "A changed file.")
  record ConfigText(
      @Schema(description = "Its name, as the list has it.", examples = "gateway.yaml") String name,
      @Schema(
              description = "All of its text. **** stays for secrets that stay; they are put back.",
              examples = "topics: {orders: {partitions: 6}}")
          String text) {}

  /**
   * The texts by the names of their files.
   *
   * @throws ApiException if the body is something else
   */
  static Map<String, String> read(@Nullable JsonNode body) {
    if (body == null || !body.path("files").isArray()) {
      throw ApiException.invalid(
          "/files", "The body has no list of files.", "Send {\"files\": [{\"name\", \"text\"}]}.");
    }
    Map<String, String> texts = new TreeMap<>();
    int index = 0;
    for (JsonNode file : body.path("files")) {
      String at = "/files/" + index++;
      String name = text(file, at, "name");
      if (texts.put(name, text(file, at, "text")) != null) {
        throw ApiException.invalid(at, "The file '" + name + "' is given twice.", "Keep one.");
      }
    }
    return texts;
  }

  private static String text(JsonNode file, String at, String member) {
    if (!file.path(member).isTextual()) {
      throw ApiException.invalid(
          at + "/" + member, "A file has no '" + member + "'.", "Give it as a string.");
    }
    return file.path(member).textValue();
  }
}
