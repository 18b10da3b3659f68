package dev.sluice.source.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.connector.testing.FakeSourceContext;
import dev.sluice.source.camel.CamelSourceType;
import dev.sluice.source.file.FileSourceType;
import dev.sluice.source.jdbc.JdbcSourceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connection tests and previews of the types that need no server. */
@Timeout(60)
class ConnectionProbesTest {

  @TempDir private Path folder;

  private static List<String> test(SourceType type, Map<String, Object> given) throws Exception {
    Options options = new Options(SchemaOptions.of(type, given));
    return type.test("test", options, Duration.ofSeconds(10)).facts();
  }

  private static void fails(SourceType type, Map<String, Object> given, String code) {
    assertThatThrownBy(() -> test(type, given))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void everyTypeSaysWhetherItCanBePreviewed() {
    for (SourceType type : ServiceLoader.load(SourceType.class)) {
      PreviewSupport support = type.preview();
      assertThat(support.words()).as(type.name()).endsWith(".");
      assertThat(support instanceof PreviewSupport.Possible)
          .as(type.name())
          .isEqualTo(!type.name().equals("camel"));
    }
  }

  @Test
  void aPreviewOfFilesLeavesThemWhereTheyAre() throws Exception {
    Path file = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");
    FileSourceType type = new FileSourceType();
    Map<String, Object> given =
        Map.of("path", folder.toString(), "after", "delete", "settle", "1ms", "interval", "1ms");
    List<SourceRecord> seen = new ArrayList<>();
    try (SourceTask preview = type.newPreviewTask()) {
      preview.start(FakeSourceContext.fresh(SchemaOptions.of(type, given)));
      while (seen.size() < 2) {
        preview.poll(Duration.ofMillis(10)).map(SourceBatch::records).ifPresent(seen::addAll);
      }
    }
    assertThat(seen).extracting(SourceRecord::value).hasSize(2);
    assertThat(file).hasContent("one\ntwo");
    assertThat(test(type, given)).contains("1 files match *");
    fails(type, Map.of("path", folder.resolve("none").toString()), "path-missing");
  }

  @Test
  void aTestOfADatabaseTellsHowTablesArePolledAndMakesNone() throws Exception {
    JdbcSourceType type = new JdbcSourceType();
    Path database = folder.resolve("db");
    Map<String, Object> given = Map.of("url", "jdbc:h2:" + database, "tables", List.of("orders"));
    fails(type, given, "database-unreachable");
    assertThat(folder).isEmptyDirectory();
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + database);
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE orders (id int PRIMARY KEY)");
    }
    assertThat(test(type, given)).anyMatch(fact -> fact.startsWith("Table orders: new rows by"));
    fails(type, Map.of("url", "jdbc:h2:" + database, "tables", List.of("parts")), "table-unknown");
  }

  @Test
  void aTestOfARouteConsumesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "precious");
    CamelSourceType type = new CamelSourceType();
    String route = "- from: {uri: \"%s\", steps: [{log: {message: \"seen\"}}]}";
    assertThat(
            test(
                type,
                Map.of("route", route.formatted("file:" + folder + "?delete=true&initialDelay=0"))))
        .contains("The route and what it names can be made");
    assertThat(file).exists();
    fails(type, Map.of("route", route.formatted("nonsense:x")), "component-unknown");
  }
}
