package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.gateway.config.ConfigResult.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spoils a good file in random ways: whatever it becomes, it is read or refused in words. */
class SpoiltConfigTest {

  private static final long SEED = Long.getLong("config.seed", 20_260_101L);
  private static final int ROUNDS = Boolean.getBoolean("long") ? 20_000 : 500;
  private static final List<String> PIECES =
      List.of(
          "",
          "~",
          "[]",
          "{}",
          "{a: }",
          "-1",
          "1e9",
          "99999999999999999999",
          "true",
          "\"",
          "'",
          "\t",
          ":",
          "- ",
          "{",
          "}",
          "[",
          "&a",
          "*a",
          "!x",
          "<<: *a",
          "|",
          "> ",
          "#",
          "${env:",
          "${env:DB_PASSWORD}",
          "${file:.}",
          "$${",
          "{x}",
          "{",
          "7d",
          "source",
          "sink",
          "topic",
          "simple",
          "_x",
          "..",
          "\u0000",
          "ä",
          "\uD83D\uDE00",
          "---",
          "%",
          "@",
          "a: b");

  private static final Environment ENVIRONMENT =
      Environment.of(Map.of("DB_PASSWORD", "hunter2-sesame", "DB_PORT", "5433"));

  private final Random random = new Random(SEED);
  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);

  @Test
  void isReadOrRefusedInWords() throws IOException {
    String good = Files.readString(Path.of("src/test/resources/config/good/full.yaml"));
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String spoilt = spoil(good);
      assertThatCode(() -> loader.loadText("f", spoilt, Path.of("."), ENVIRONMENT))
          .as("seed %d, round %d:%n%s", SEED, round, spoilt)
          .doesNotThrowAnyException();
      if (loader.loadText("f", spoilt, Path.of("."), ENVIRONMENT) instanceof Invalid invalid) {
        refused++;
        assertThat(invalid.problems())
            .isNotEmpty()
            .allSatisfy(
                problem ->
                    assertThat(problem.toString())
                        .startsWith("f:")
                        .doesNotContain("\n", "hunter2", "abracadabra", "open-it", "letmein"));
      }
    }
    assertThat(refused).as("seed %d", SEED).isBetween(ROUNDS / 2, ROUNDS);
  }

  private String spoil(String good) {
    List<String> lines = new ArrayList<>(good.lines().toList());
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      int from = random.nextInt(line.length() + 1);
      int colon = line.indexOf(": ");
      switch (random.nextInt(5)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.set(at, line.substring(0, from) + piece + line.substring(from));
        case 2 -> lines.set(at, line.substring(0, Math.max(0, colon)) + ": " + piece);
        case 3 -> lines.set(at, " ".repeat(random.nextInt(7)) + line.strip());
        default -> lines.add(at, line.replaceFirst("[a-z]", piece.isEmpty() ? "x" : "$0q"));
      }
    }
    return String.join("\n", lines);
  }
}
