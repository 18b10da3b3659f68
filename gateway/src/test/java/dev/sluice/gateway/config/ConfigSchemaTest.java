package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {

  private static final Path PUBLISHED = Path.of("../docs/gateway.schema.json");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDialect(Dialects.getDraft202012());

  @Test
  void theCommittedSchemaIsTheGeneratedOne() throws IOException {
    String generated = new ConfigSchema(ConnectorTypes.installed()).published();
    if ("write".equals(System.getProperty("config.schema"))) {
      Files.createDirectories(PUBLISHED.getParent());
      Files.writeString(PUBLISHED, generated);
    }
    assertThat(Files.readString(PUBLISHED))
        .as(
            "docs/gateway.schema.json is out of date; write it anew with ./mvnw -pl gateway -am test"
                + " -Dtest=ConfigSchemaTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dconfig.schema=write")
        .isEqualTo(generated);
  }

  @Test
  void thePublishedSchemaIsASchema() {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(published(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void everySchemaOfAnInstalledTypeIsASchema() {
    Schema meta =
        REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(ConnectorTypes.installed().all())
        .allSatisfy(
            type -> assertThat(meta.validate(type.optionsSchema(), InputFormat.JSON)).isEmpty());
  }

  @Test
  void editorsAcceptAFileAsItIsWritten() throws IOException {
    String full = Files.readString(Path.of("src/test/resources/config/good/full.yaml"));
    assertThat(editor(full)).isEmpty();
  }

  @Test
  void editorsRefuseWhatTheGatewayRefuses() {
    assertThat(editor("topics: {orders: {partitions: six}}")).isNotEmpty();
    assertThat(editor("topics: {orders: {retention: {time: 7days}}}")).isNotEmpty();
    assertThat(editor("topics: {my orders: {}}")).isNotEmpty();
    assertThat(editor("connectors: {a: {source: mqtt, topic: x}}")).isNotEmpty();
    assertThat(editor("connectors: {a: {source: mqtt, topic: x, config: {url: u, subscribe: s}}}"))
        .isEmpty();
    assertThat(editor("connectors: {a: {source: nonsense, topic: x}}")).isNotEmpty();
    assertThat(editor("server: {http-port: '${env:PORT}'}")).isEmpty();
  }

  @Test
  void localReferencesOfATypesSchemaStillLeadSomewhere() {
    String oneTable =
        "connectors: {a: {source: postgres-cdc, topic: x, config: {url: u, tables: %s}}}";
    assertThat(editor(oneTable.formatted("[a]"))).isEmpty();
    assertThat(editor(oneTable.formatted("[]"))).isNotEmpty();
  }

  @Test
  void twoTypesOfOneNameAreRefused() {
    assertThatThrownBy(
            () ->
                new ConnectorTypes(
                    List.of(TestTypes.ALL.sources().getFirst(), TestTypes.ALL.sources().getFirst()),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'file'");
  }

  private static String published() {
    return new ConfigSchema(TestTypes.ALL).published();
  }

  /** What an editor would say: the published schema and the file as written. */
  private static List<Error> editor(String yaml) {
    ConfigTree tree = YamlReader.read("f", yaml, new Problems()).orElseThrow();
    return REGISTRY.getSchema(published(), InputFormat.JSON).validate(tree.root());
  }
}
