package dev.sluice.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesIT {

  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "cdc", "retention"})
  void examplesHaveNoMistake(String name) throws Exception {
    Path output = directory.resolve("check.out");
    List<String> command = SluiceProcess.command();
    command.addAll(List.of("check", EXAMPLES.resolve(name).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(Map.of("SHOP_PASSWORD", "not-to-be-shown"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process check = builder.start();

    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output).content().doesNotContain("not-to-be-shown");
    assertThat(check.exitValue()).as(() -> "exit status").isZero();
  }

  @Test
  void theQuickstartMovesDataFromEndToEnd() {
    Path data = directory.resolve("data");
    try (SluiceProcess gateway =
        SluiceProcess.start(EXAMPLES.resolve("quickstart"), data, Map.of())) {
      System.out.println(gateway.output().lines().filter(l -> l.contains("ready in")).toList());
      assertThat(gateway.status("/q/health/ready")).isEqualTo(200);
      gateway.await("alerts", () -> gateway.count("alerts") > 0);
      assertThat(gateway.records("alerts"))
          .allSatisfy(
              alert ->
                  assertThat(alert.path("value").path("celsius").asDouble())
                      .isGreaterThanOrEqualTo(30));
      gateway.await("orders", () -> gateway.count("shop.orders") > 10);
      gateway.await("the host's sensors", () -> gateway.count("host") > 0);
      gateway.await("rows in the warehouse", () -> rows(data) > 0);
      gateway.await("an archive", () -> data.resolve("demo/archive").toFile().isDirectory());
      assertThat(gateway.status("/q/health/ready")).isEqualTo(200);
      assertThat(gateway.connectors())
          .allSatisfy(
              connector -> assertThat(connector.path("state").asText()).isEqualTo("RUNNING"));
      System.out.printf(
          "Quickstart: readings=%d, alerts=%d, shop.orders=%d, rows in the warehouse=%d%n",
          gateway.count("readings"),
          gateway.count("alerts"),
          gateway.count("shop.orders"),
          rows(data));
    }
  }

  private static long rows(Path data) {
    String url = "jdbc:h2:" + data + "/demo/warehouse;AUTO_SERVER=TRUE;IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select count(*) from orders")) {
      return result.next() ? result.getLong(1) : 0;
    } catch (SQLException notYet) {
      return 0;
    }
  }
}
