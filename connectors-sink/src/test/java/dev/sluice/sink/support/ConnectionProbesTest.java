package dev.sluice.sink.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkType;
import dev.sluice.sink.camel.CamelSinkType;
import dev.sluice.sink.file.FileSinkType;
import dev.sluice.sink.http.HttpSinkType;
import dev.sluice.sink.jdbc.JdbcSinkType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connection tests of the types that need no server of their own. */
@Timeout(60)
class ConnectionProbesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private static List<String> test(SinkType type, Map<String, Object> given) throws Exception {
    Map<String, Object> options = new HashMap<>();
    for (Map.Entry<String, JsonNode> property :
        JSON.readTree(type.optionsSchema()).get("properties").properties()) {
      JsonNode standard = property.getValue().get("default");
      if (standard != null) {
        options.put(property.getKey(), JSON.convertValue(standard, Object.class));
      }
    }
    options.putAll(given);
    return type.test("test", new Options(options), Duration.ofSeconds(10)).facts();
  }

  private static void fails(SinkType type, Map<String, Object> given, String code) {
    assertThatThrownBy(() -> test(type, given))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aFolderIsLookedAtAndNotMade() throws Exception {
    Path wanted = folder.resolve("a/b");
    assertThat(test(new FileSinkType(), Map.of("path", wanted.toString())))
        .containsExactly(wanted + " will be made in " + folder);
    assertThat(folder).isEmptyDirectory();
    Path file = Files.writeString(folder.resolve("file"), "");
    fails(new FileSinkType(), Map.of("path", file.toString()), "file-write-failed");
  }

  @Test
  void aServerIsReachedWithoutARequest() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> firstByte(server));
      assertThat(test(new HttpSinkType(), Map.of("url", "http://127.0.0.1:" + port + "/x")))
          .first()
          .isEqualTo("Connected to 127.0.0.1:" + port);
      assertThat(received.join()).as("end of stream").isEqualTo(-1);
    }
    fails(new HttpSinkType(), Map.of("url", "http://127.0.0.1:" + port + "/x"), "http-unreachable");
  }

  private static int firstByte(ServerSocket server) {
    try (Socket client = server.accept()) {
      return client.getInputStream().read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsNotMade() throws Exception {
    String url = "jdbc:h2:" + folder.resolve("db");
    assertThat(test(new JdbcSinkType(), Map.of("url", url, "table", "orders")))
        .containsExactly("The database is not there and will be created");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTableThatIsMissingIsToldUnlessItIsToBeMade() throws Exception {
    String url = "jdbc:h2:mem:probe;DB_CLOSE_DELAY=-1;IFEXISTS=FALSE";
    fails(
        new JdbcSinkType(),
        Map.of("url", url, "table", "orders", "create-table", false),
        "jdbc-table-missing");
    assertThat(
            test(new JdbcSinkType(), Map.of("url", url, "table", "orders", "create-table", true)))
        .contains("Table orders will be created");
    assertThat(test(new JdbcSinkType(), Map.of("url", url, "table", "{topic}")))
        .contains("Not tested: tables, since their names depend on the records");
  }

  @Test
  void aRouteIsMadeAndNotUsed() throws Exception {
    assertThat(test(new CamelSinkType(), Map.of("to", "file:" + folder)))
        .first()
        .isEqualTo("The route and what it names can be made");
    assertThat(folder).isEmptyDirectory();
    fails(new CamelSinkType(), Map.of("to", "nonsense:x"), "camel-route-wrong");
  }
}
