package dev.sluice.gateway.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputIT {

  private static final int LINES = 1_000;

  @TempDir private Path directory;

  private final List<String> good = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();

  @Test
  void malformedLinesAreSetAsideWithFileAndLineAndTheOthersGoOn() throws Exception {
    Path input = Files.createDirectory(directory.resolve("input")).toRealPath();
    write(input.resolve("a.csv"), "id,name", "%d,name", "%d,too,many,fields", "%d,caf\u00e9");
    write(
        input.resolve("b.jsonl"), "", "{\"id\":%d}", "{\"id\":%d", "{\"id\":%d,\"n\":\"\u00e9\"}");
    write(input.resolve("c.log"), "", "%d line", "%d \u00e9t\u00e9", "%d \u00ff");
    String yaml =
        """
        topics:
          input: {partitions: 2}
        connectors:
          csv:
            source: file
            topic: input
            config: {path: "${dir}/input", pattern: "*.csv", format: csv, types: infer}
            errors: {dead-letter-topic: bad}
          json:
            source: file
            topic: input
            config: {path: "${dir}/input", pattern: "*.jsonl", format: json-lines}
            errors: {dead-letter-topic: bad}
          text:
            source: file
            topic: input
            config: {path: "${dir}/input", pattern: "*.log"}
            errors: {dead-letter-topic: bad}
        """;
    try (SluiceProcess gateway = SluiceProcess.start(directory, yaml)) {
      gateway.await(
          "every line",
          () -> gateway.count("input") >= good.size() && gateway.count("bad") >= bad.size());

      assertThat(gateway.records("input"))
          .extracting(BadInputIT::id)
          .containsExactlyInAnyOrderElementsOf(good);
      List<JsonNode> letters = gateway.records("bad");
      assertThat(letters).extracting(BadInputIT::place).containsExactlyInAnyOrderElementsOf(bad);
      assertThat(letters)
          .allSatisfy(
              letter ->
                  assertThat(header(letter, "__connect.errors.exception.message")).isNotEmpty());
      assertThat(gateway.status("/q/health/ready")).isEqualTo(200);
      System.out.printf("Bad input: good lines=%d, set aside=%d%n", good.size(), bad.size());
    }
  }

  /** Every seventh line is malformed, every eleventh is not UTF-8. */
  private void write(Path file, String head, String line, String malformed, String notUtf8)
      throws Exception {
    List<String> lines = new ArrayList<>();
    if (!head.isEmpty()) {
      lines.add(head);
    }
    for (int i = 0; i < LINES; i++) {
      String format = i % 7 == 0 ? malformed : i % 11 == 0 ? notUtf8 : line;
      lines.add(format.formatted(i));
      if (format.equals(line)) {
        good.add(Integer.toString(i));
      } else {
        bad.add(file + ":" + lines.size());
      }
    }
    Files.write(file, lines, ISO_8859_1);
  }

  private static String id(JsonNode letter) {
    JsonNode value = letter.path("value");
    return value.isObject() ? value.path("id").asText() : value.asText().replace(" line", "");
  }

  private static String place(JsonNode letter) {
    return header(letter, "__sluice.place.file") + ":" + header(letter, "__sluice.place.line");
  }

  private static String header(JsonNode letter, String name) {
    for (JsonNode header : letter.path("headers")) {
      if (header.path("key").asText().equals(name)) {
        return header.path("value").asText();
      }
    }
    throw new AssertionError("No header " + name + " in " + letter);
  }
}
