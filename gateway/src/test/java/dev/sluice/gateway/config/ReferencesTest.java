package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

  private static final Environment ENVIRONMENT =
      Environment.of(Map.of("NAME", "Anna", "EMPTY", "", "NESTED", "${env:NAME}"));

  @TempDir Path folder;

  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);

  @ParameterizedTest
  @CsvSource({
    "${env:NAME}, Anna",
    "a-${env:NAME}-${env:NAME}, a-Anna-Anna",
    "${env:NONE:-other}, other",
    "${env:EMPTY:-other}, other",
    "x${env:EMPTY}, x",
    "${env:NONE:-}x, x",
    "$${env:NAME}, ${env:NAME}",
    "$$${env:NAME}, $${env:NAME}",
    "${body} ${header.x} $ {, ${body} ${header.x} $ {",
    "${env:NESTED}, ${env:NAME}",
  })
  void resolvesReferencesAndLeavesTheRest(String written, String resolved) {
    assertThat(user(written)).isEqualTo(resolved);
  }

  @Test
  void readsFilesBesideTheConfigurationWithoutTheLastLineBreak() throws IOException {
    Files.writeString(folder.resolve("secret"), "open\nsesame\n\n");
    assertThat(user("${file:secret}")).isEqualTo("open\nsesame\n");
    assertThat(user("${file:" + folder.resolve("secret") + "}")).isEqualTo("open\nsesame\n");
  }

  @Test
  void knowsItsFolderAndTheDataDirectory() {
    assertThat(user("${dir}/x")).isEqualTo(folder.toAbsolutePath().normalize() + "/x");
    assertThat(user("${data}/x"))
        .isEqualTo(folder.toAbsolutePath().normalize().resolve("d") + "/x");
  }

  private String user(String written) {
    String text =
        """
        server: {data: "${dir}/d"}
        connectors:
          shop:
            source: postgres-cdc
            topic: shop
            config: {url: x, user: '%s'}
        """
            .formatted(written);
    GatewayConfig config = GoodConfigTest.valid(loader.loadText("text", text, folder, ENVIRONMENT));
    return GoodConfigTest.connector(config, "shop").options().asOptions().string("user");
  }
}
