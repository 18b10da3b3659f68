package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConfigResult.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDirectoryTest {

  @TempDir Path folder;

  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);

  @Test
  void allFilesOfADirectoryAreOneConfiguration() throws IOException {
    write("a.yaml", "topics: {orders: {}}\nserver: {http-port: 0}\n");
    write("b.yaml", "connectors:\n  screen: {sink: console, topics: [orders, sensors]}\n");
    write("c.yaml", "topics: {sensors: {partitions: 2}}\nconnectors:\n");
    write("notes.txt", "not: read: at all");
    GatewayConfig config = GoodConfigTest.valid(load());
    assertThat(config.topics()).containsOnlyKeys("orders", "sensors");
    assertThat(config.connectors()).containsOnlyKeys("screen");
    assertThat(config.server().httpPort()).isZero();
  }

  @Test
  void gatewayYamlStandsAlone() throws IOException {
    write("gateway.yaml", "topics: {orders: {}}\n");
    write("other.yaml", "what is this?\n");
    assertThat(GoodConfigTest.valid(load()).topics()).containsOnlyKeys("orders");
  }

  @Test
  void aNameInTwoFilesIsNamedWithBothPlaces() throws IOException {
    write("a.yaml", "server: {}\ntopics:\n  orders: {}\nrules:\n  r: {from: orders, to: x}\n");
    write("b.yaml", "topics:\n  orders: {}\nserver: {}\n");
    write("c.yaml", "connectors:\n  r: {sink: console, topics: oders}\n");
    assertThat(problems())
        .containsExactly(
            "a.yaml:5:3: rules.r: a connector is called 'r' too, at c.yaml:2:3 (rename one of them)",
            "b.yaml:2:3: topics.orders: 'orders' is declared twice, first at a.yaml:3:3 (keep one,"
                + " or rename one)",
            "b.yaml:3:1: server: 'server' is declared twice, first at a.yaml:1:1 (keep one, or"
                + " rename one)",
            "c.yaml:2:30: connectors.r.topics: there is no topic 'oders' (did you mean 'orders'?)");
  }

  @Test
  void filesThatCanNotBeReadAreNamed() throws IOException {
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
    Files.createDirectory(folder.resolve("x.yaml"));
    Files.write(folder.resolve("y.yaml"), new byte[FileReads.MAX_BYTES + 1]);
    assertThat(problems())
        .containsExactly(
            "latin.yaml: the file latin.yaml is not UTF-8 text (save it as UTF-8)",
            "x.yaml: the file x.yaml can't be read: it is no ordinary file (name another file)",
            "y.yaml: the file y.yaml can't be read: it is larger than 1 MiB (name another file)");
  }

  @Test
  void anEmptyDirectoryAndAMissingFileAreMistakes() {
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("the directory holds no files that end in .yaml");
    assertThat(said(loader.load(folder.resolve("none.yaml"), Environment.of(Map.of()))))
        .containsExactly(
            "none.yaml: the file none.yaml does not exist (create it, or mend the path)");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private ConfigResult load() {
    return loader.load(folder, Environment.of(Map.of()));
  }

  private List<String> problems() {
    return said(load());
  }

  private List<String> said(ConfigResult result) {
    assertThat(result).isInstanceOf(Invalid.class);
    return ((Invalid) result)
        .problems().stream().map(problem -> problem.toString().replace(folder + "/", "")).toList();
  }
}
