package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {

  private static final Path FILES = Path.of("src/test/resources/config");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aValidFileGivesItsPlanAndZero() {
    assertThat(check("good/full.yaml")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("+ too-hot    rule temperatures -> alerts");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aWrongFileGivesItsProblemsAndOne() {
    assertThat(check("wrong/42-port-out-of-range.yaml")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            FILES.resolve("wrong/42-port-out-of-range.yaml")
                + ":1:21: server.http-port: is too large: 80800 (at most 65535)",
            "1 problem; nothing is started.");
  }

  private int check(String file) {
    ConfigCheck check =
        new ConfigCheck(
            new ConfigLoader(TestTypes.ALL),
            Environment.of(Map.of("DB_PASSWORD", "x", "DB_PORT", "1")));
    return check.check(
        FILES.resolve(file),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
