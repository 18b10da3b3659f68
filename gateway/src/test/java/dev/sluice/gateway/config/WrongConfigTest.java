package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConfigResult.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code config/wrong} is refused with exactly the lines of the {@code .expected}
 * file beside it. {@code -Dconfig.expected=write} writes what is said now, to be read and judged.
 */
class WrongConfigTest {

  private static final Path FOLDER = Path.of("src/test/resources/config/wrong");
  private static final Environment ENVIRONMENT =
      Environment.of(
          Map.of(
              "DB_PASSWORD", "hunter2-sesame",
              "NOT_A_PORT", "fifty-four-thirty-two",
              "LONG_SECRET", "x".repeat(41),
              "EMPTY", ""));

  private static final ConfigLoader LOADER = new ConfigLoader(TestTypes.ALL);

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatIsWrongAndWhere(String name) throws IOException {
    String said = String.join("\n", problems(name)) + "\n";
    Path expected = FOLDER.resolve(name.replace(".yaml", ".expected"));
    if ("write".equals(System.getProperty("config.expected"))) {
      Files.writeString(expected, said);
    }
    assertThat(said).isEqualTo(Files.readString(expected));
    assertThat(said).doesNotContain("sesame", "fifty-four", "xxxx");
  }

  @Test
  void thereAreAtLeastTwentyFiveKinds() throws IOException {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(25);
  }

  private static List<String> problems(String name) throws IOException {
    ConfigResult result =
        LOADER.loadText(name, Files.readString(FOLDER.resolve(name)), FOLDER, ENVIRONMENT);
    assertThat(result).isInstanceOf(Invalid.class);
    return ((Invalid) result)
        .problems().stream()
            .map(Problem::toString)
            .map(line -> line.replace(FOLDER.toAbsolutePath().toString(), "FOLDER"))
            .toList();
  }
}
