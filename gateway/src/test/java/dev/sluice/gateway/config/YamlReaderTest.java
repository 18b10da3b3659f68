package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

  private final Problems problems = new Problems();

  @Test
  void readsScalarsAsYaml12Says() throws Exception {
    JsonNode read =
        read(
            """
            texts: [no, on, Yes, 1:30, 2026-01-02, 1_000, "5", '', 0b1, =]
            numbers: [5, -5, +5, 010, 0x1F, 0o17, 1.5, .5, 1e3, 12345678901]
            others: [true, False, null, ~, ]
            """);
    assertThat(read)
        .isEqualTo(
            ConfigSchema.JSON.readTree(
                """
                {"texts": ["no", "on", "Yes", "1:30", "2026-01-02", "1_000", "5", "", "0b1", "="],
                 "numbers": [5, -5, 5, 10, 31, 15, 1.5, 0.5, 1000.0, 12345678901],
                 "others": [true, false, null, null]}
                """));
  }

  @Test
  void followsAnchorsAndMergeKeys() throws Exception {
    JsonNode read =
        read(
            """
            a: &a {x: 1, y: 2}
            b: {<<: *a, y: 3}
            c: {<<: [{z: 4}, *a]}
            d: *a
            """);
    assertThat(read)
        .isEqualTo(
            ConfigSchema.JSON.readTree(
                """
                {"a": {"x": 1, "y": 2}, "b": {"y": 3, "x": 1}, "c": {"z": 4, "x": 1, "y": 2},
                 "d": {"x": 1, "y": 2}}
                """));
  }

  @Test
  void remembersWhereEverythingStands() {
    ConfigTree tree = YamlReader.read("f", "a:\n  - b: {c: 7}\n", problems).orElseThrow();
    assertThat(tree.valuePlace(Pointer.of("a", 0, "b", "c"))).isEqualTo(new Place("f", 2, 12));
    assertThat(tree.keyPlace(Pointer.of("a", 0, "b", "c"))).isEqualTo(new Place("f", 2, 9));
    assertThat(tree.keyPlace(Pointer.of("a"))).isEqualTo(new Place("f", 1, 1));
  }

  @Test
  void aSmallFileDoesNotBecomeALargeTree() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String last = "*a" + (i - 1);
      laughs.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, last))));
    }
    assertThat(YamlReader.read("f", laughs.toString(), problems)).isEqualTo(Optional.empty());
    assertThat(said()).singleElement().asString().contains("values");
  }

  @Test
  void depthAndAliasesAreBounded() {
    assertThat(YamlReader.read("f", "a: " + "[".repeat(500), problems)).isEmpty();
    assertThat(YamlReader.read("f", "a: &a []\nb: [" + "*a, ".repeat(200) + "]", problems))
        .isEmpty();
    assertThat(said()).allSatisfy(problem -> assertThat(problem.message()).contains("nested"));
  }

  private List<Problem> said() {
    return problems.sorted(new Secrets());
  }

  private JsonNode read(String text) {
    ConfigTree tree = YamlReader.read("f", text, problems).orElseThrow();
    assertThat(said()).isEmpty();
    return tree.root();
  }
}
