package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorSpec.Origin;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import dev.sluice.gateway.config.DraftResult.Invalid;
import dev.sluice.gateway.config.DraftResult.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DraftsTest {

  private static final Environment ENVIRONMENT =
      Environment.of(Map.of("DB_USER", "anna", "DB_PASSWORD", "from-outside", "PORT", "5433"));

  private static final Neighbours ORDERS =
      new Neighbours(Set.of("orders", "latest"), Set.of("latest"), List.of("shop.{table}"));

  private static final String COVER_CURE =
      "give the secret itself, or a reference such as ${env:NAME}";

  @TempDir private Path folder = Path.of(".");
  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);

  @Test
  void aDeclarationBecomesTheSpecThatTheFileWouldGive() {
    String spec =
        """
        {"source": "postgres-cdc", "topic": "shop.{table}", "tasks": 2,
         "config": {"url": "postgresql://h/shop", "user": "${env:DB_USER}", "port": "${env:PORT}"}}
        """;
    Valid valid = valid("shop", spec, SecretValues.NONE);
    ConnectorSpec ofFile = ofFile("{\"connectors\": {\"shop\": " + spec + "}}", "shop");
    assertThat(valid.spec().options()).isEqualTo(ofFile.options());
    assertThat(valid.spec().errors()).isEqualTo(ofFile.errors());
    assertThat(valid.spec().displayConfig()).isEqualTo(ofFile.displayConfig());
    assertThat(valid.spec().origin()).isEqualTo(Origin.API);
    assertThat(valid.spec().fault()).isNull();
    assertThat(valid.written()).isEqualTo(json(spec));
    assertThat(valid.secrets()).isEqualTo(SecretValues.NONE);
  }

  @Test
  void theYamlThatItStandsForReadsAsTheSame() {
    String spec =
        """
        {"source": "postgres-cdc", "topic": "yes", "key": "{id}",
         "config": {"url": "1e3", "slot": "0o17", "user": "no", "tables": ["a: b", "- c", "null"],
                    "snapshot": false, "properties": {"x": "line\\nbreak", "on": "~", "e": ""}},
         "transforms": [{"filter": {"jq": ".a > 1 # no comment"}}]}
        """;
    Valid valid = valid("shop", spec, SecretValues.NONE);
    ConnectorSpec ofFile = ofFile(valid.yaml(), "shop");
    assertThat(ofFile.options()).isEqualTo(valid.spec().options());
    assertThat(ofFile.transforms()).isEqualTo(valid.spec().transforms());
    assertThat(ofFile.topic()).isEqualTo("yes");
  }

  @Test
  void literalSecretsAreTakenOutAndReferencesStay() {
    Valid literal =
        valid(
            "shop",
            source(
                "\"url\": \"postgresql://u:p4ss@h/x?password=query&a=b\", \"password\":"
                    + " \"open$${\", \"properties\": {\"ssl.key.password\": \"deep/}\"}"),
            SecretValues.NONE);
    assertThat(literal.written().toString())
        .contains(
            "\"password\":\"${secret:shop/password}\"",
            "\"postgresql://u:${secret:shop/url}@h/x?password=${secret:shop/url~2}&a=b\"",
            "\"ssl.key.password\":\"${secret:shop/properties/ssl.key.password}\"")
        .doesNotContain("p4ss", "query", "open", "deep");
    assertThat(literal.secrets().byName())
        .containsOnly(
            Map.entry("shop/password", "open$${"),
            Map.entry("shop/url", "p4ss"),
            Map.entry("shop/url~2", "query"),
            Map.entry("shop/properties/ssl.key.password", "deep/}"));
    assertThat(literal.secrets().toString()).doesNotContain("p4ss");
    assertThat(literal.spec().options().values())
        .containsEntry("password", "open${")
        .containsEntry("url", "postgresql://u:p4ss@h/x?password=query&a=b")
        .containsEntry("properties", Map.of("ssl.key.password", "deep/}"));
    assertThat(literal.yaml())
        .contains("password: ${env:SHOP_PASSWORD}")
        .doesNotContain("p4ss", "query", "open", "deep");

    Valid reference =
        valid(
            "shop",
            source("\"password\": \"${env:DB_PASSWORD}\", \"url\": \"x\""),
            literal.secrets());
    assertThat(reference.secrets().byName()).isEmpty();
    assertThat(reference.spec().options().asOptions().string("password")).isEqualTo("from-outside");
  }

  @Test
  void aReferenceWithoutANameIsAMistakeAtItsPlace() {
    assertThat(problems("shop", source("\"url\": \"${secret:}\""), SecretValues.NONE))
        .extracting(DraftProblem::path, DraftProblem::message)
        .containsExactly(tuple("/config/url", "there is no secret '' that may be used here"));
  }

  @Test
  void whatComesBackUnchangedKeepsItsSecrets() {
    Valid first =
        valid(
            "shop",
            source("\"url\": \"postgresql://u:p4ss@h/x\", \"password\": \"sesame\""),
            SecretValues.NONE);
    Valid second = valid("shop", first.written().toString(), first.secrets());
    assertThat(second.written()).isEqualTo(first.written());
    assertThat(second.secrets()).isEqualTo(first.secrets());
    assertThat(second.spec()).isEqualTo(first.spec());
  }

  @Test
  void defaultsOfPasswordsAreTakenOutAndPlainReferencesStay() {
    String url = "postgresql://u:${env:NONE:-hunter2}@h/x?secretKey=RAW(a&b)&token=${env:PORT}";
    Valid valid = valid("shop", source("\"url\": \"" + url + "\""), SecretValues.NONE);
    assertThat(valid.written().at("/config/url").asText())
        .isEqualTo(
            "postgresql://u:${secret:shop/url}@h/x?secretKey=${secret:shop/url~2}&token=${env:PORT}");
    assertThat(valid.secrets().byName())
        .containsOnly(
            Map.entry("shop/url", "${env:NONE:-hunter2}"), Map.entry("shop/url~2", "RAW(a&b)"));
    assertThat(valid.spec().options().values())
        .containsEntry("url", "postgresql://u:hunter2@h/x?secretKey=RAW(a&b)&token=5433");
    Valid whole =
        valid("shop", source("\"url\": \"a ${env:NONE:-x://u:hunter2@h}\""), SecretValues.NONE);
    assertThat(whole.written().at("/config/url").asText()).isEqualTo("a ${secret:shop/url}");
    assertThat(whole.spec().options().values()).containsEntry("url", "a x://u:hunter2@h");
  }

  @Test
  void aCoverIsRefusedWhereverItComesIn() {
    String spec =
        source("\"url\": \"http://u:****\"")
            .replaceFirst(
                "}$", ", \"transforms\": [{\"value\": {\"simple\": \"http://u:****@h\"}}]}");
    assertThat(problems("shop", spec, SecretValues.NONE))
        .extracting(DraftProblem::path, DraftProblem::suggestion)
        .containsExactlyInAnyOrder(
            tuple("/config/url", COVER_CURE), tuple("/transforms/0/value/simple", COVER_CURE));
  }

  @Test
  @Timeout(60)
  void thePasswordsOfOneTextAreBounded() {
    String url = "http://u:p@h ".repeat(10_000);
    assertThat(problems("shop", source("\"url\": \"" + url + "\""), SecretValues.NONE))
        .extracting(DraftProblem::path, DraftProblem::message)
        .containsExactly(tuple("/config/url", "it holds more than 100 passwords"));
  }

  @Test
  void aSecretServesItsOwnPlaceOnly() {
    SecretValues kept = new SecretValues(Map.of("shop/password", "sesame"));
    String reference = "${secret:shop/password}";
    assertThat(
            problems("other", source("\"url\": \"x\", \"password\": \"" + reference + "\""), kept))
        .extracting(DraftProblem::path)
        .containsExactly("/config/password");
    assertThat(problems("shop", source("\"url\": \"" + reference + "\""), kept))
        .extracting(DraftProblem::path)
        .containsExactly("/config/url");
    assertThat(
            problems("shop", source("\"url\": \"x\", \"password\": \"a" + reference + "\""), kept))
        .extracting(DraftProblem::path)
        .containsExactly("/config/password");
    assertThat(
            problems(
                "shop",
                "{\"source\": \"mqtt\", \"topic\": \"a\", \"key\": \""
                    + reference
                    + "\", \"config\": {\"url\": \"x\", \"subscribe\": \"y\"}}",
                kept))
        .extracting(DraftProblem::path)
        .contains("/key");
    assertThat(problems("shop", source("\"url\": \"x\", \"password\": \"****\""), kept))
        .extracting(DraftProblem::message)
        .containsExactly("'****' covers a secret and is none");
  }

  @Test
  void coveredSecretsOfAConnectorOfTheFileAreThoseInForce() {
    ConnectorSpec ofFile =
        ofFile(
            "connectors: {shop: "
                + source("\"url\": \"postgresql://u:p4$$${s@h/x\", \"password\": \"sesame\"")
                + "}",
            "shop");
    JsonNode shown = new ObjectMapper().valueToTree(ofFile.displayConfig());
    assertThat(shown.toString()).contains("u:****@h", "\"****\"").doesNotContain("sesame");
    Valid changed =
        (Valid)
            new Drafts(loader, folder, ENVIRONMENT, folder)
                .checkChange(ofFile, json(shown.toString().replace("@h/x", "@other/x")), ORDERS);
    assertThat(changed.spec().options().values())
        .containsEntry("password", "sesame")
        .containsEntry("url", "postgresql://u:p4$${s@other/x");
    Valid withDefaults =
        (Valid)
            new Drafts(loader, folder, ENVIRONMENT, folder)
                .checkChange(
                    ofFile,
                    json(
                        source(
                            "\"url\": \"x://${env:U:-a}:${env:P:-****}@h\", \"password\":"
                                + " \"${env:NONE:-****}\"")),
                    ORDERS);
    assertThat(withDefaults.spec().options().values())
        .containsEntry("password", "sesame")
        .containsEntry("url", "x://a:p4$${s@h");
    assertThat(changed.yaml())
        .contains("password: ${env:SHOP_PASSWORD}", "u:${env:SHOP_URL}@other")
        .doesNotContain("sesame", "p4");
  }

  @Test
  void filesMayNotReferToKeptSecrets() {
    ConfigResult result =
        loader.loadText(
            "f",
            "connectors: {shop: " + source("\"url\": \"${secret:shop/url}\"") + "}",
            folder,
            ENVIRONMENT);
    assertThat(((ConfigResult.Invalid) result).problems())
        .extracting(Problem::message)
        .containsExactly("there is no secret 'shop/url' that may be used here");
  }

  @Test
  void allMistakesComeAtOnceWithTheirPlacesAndWithoutSecrets() {
    Invalid invalid =
        (Invalid)
            check(
                "shop",
                """
                {"source": "postgres-cdc", "topic": "a{", "delivery": "exactly-once",
                 "config": {"ulr": "x", "a/b": 1, "password": "sesame-sesame", "port": "${env:NONE}"},
                 "transforms": [{"filter": {"jq": ".a >"}}, {"topic": "x", "value": {"jq": "."}}]}
                """,
                SecretValues.NONE);
    assertThat(invalid.problems())
        .extracting(DraftProblem::path)
        .contains(
            "/topic",
            "/config/ulr",
            "/config/a~1b",
            "/config/port",
            "/transforms/0/filter/jq",
            "/transforms/1");
    assertThat(invalid.toString()).doesNotContain("sesame");
    assertThat(invalid.yaml()).doesNotContain("sesame").contains("ulr: x");
    assertThat(invalid.spec().fault()).isNotNull();
    assertThat(invalid.spec().type()).isEqualTo("postgres-cdc");
  }

  @Test
  void whatIsThereBesideItCounts() {
    String sink = "{\"sink\": \"console\", \"topics\": [\"%s\"]}";
    assertThat(check("out", sink.formatted("orders"), SecretValues.NONE)).isInstanceOf(Valid.class);
    assertThat(check("out", sink.formatted("shop.x"), SecretValues.NONE)).isInstanceOf(Valid.class);
    assertThat(problems("out", sink.formatted("order"), SecretValues.NONE))
        .containsExactly(
            new DraftProblem("/topics/0", "there is no topic 'order'", "did you mean 'orders'?"));
    assertThat(
            problems(
                "out",
                "{\"sink\": \"console\", \"topics\": \"orders\","
                    + " \"errors\": {\"dead-letter-topic\": \"latest\"}}",
                SecretValues.NONE))
        .extracting(DraftProblem::message)
        .containsExactly(
            "topics.latest.compact: the dead letters of 'out' go here, and some have no key");
  }

  @Test
  void anUnusableOneTellsWhatItIsAndReads() {
    Invalid invalid =
        (Invalid)
            check(
                "out",
                "{\"sink\": \"gone\", \"topics\": [\"orders\", 7], \"tasks\": {}}",
                SecretValues.NONE);
    assertThat(invalid.spec().kind()).isEqualTo(Kind.SINK);
    assertThat(invalid.spec().topics()).contains("orders");
    assertThat(invalid.spec().errors().deadLetterTopic()).isEqualTo("out.dead-letters");
    Invalid nothing = (Invalid) check("out", "7", SecretValues.NONE);
    assertThat(nothing.problems()).extracting(DraftProblem::path).containsExactly("");
  }

  @Test
  void sizeAndDepthAreBounded() {
    String deep = "[".repeat(60) + "]".repeat(60);
    assertThat(problems("x", source("\"url\": " + deep), SecretValues.NONE))
        .extracting(DraftProblem::message)
        .containsExactly("the declaration is nested too deeply");
    assertThat(
            problems(
                "x",
                source("\"url\": \"" + "u".repeat(Drafts.MAX_BYTES) + "\""),
                SecretValues.NONE))
        .extracting(DraftProblem::message)
        .containsExactly("the declaration is larger than 256 KiB");
  }

  @Test
  void referencesStartAtTheConfigurationsFolderAndItsFilesAreNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("db.secret"), "from-file\n");
    Valid valid =
        valid(
            "shop",
            source("\"url\": \"x\", \"password\": \"${file:db.secret}\", \"slot\": \"s\""),
            SecretValues.NONE);
    assertThat(valid.spec().options().asOptions().string("password")).isEqualTo("from-file");
    assertThat(valid.files()).containsOnlyKeys(file.toAbsolutePath().normalize());
  }

  private static String source(String options) {
    return "{\"source\": \"postgres-cdc\", \"topic\": \"a\", \"config\": {" + options + "}}";
  }

  private List<DraftProblem> problems(String name, String spec, SecretValues kept) {
    DraftResult result = check(name, spec, kept);
    assertThat(result).isInstanceOf(Invalid.class);
    return ((Invalid) result).problems();
  }

  private Valid valid(String name, String spec, SecretValues kept) {
    DraftResult result = check(name, spec, kept);
    assertThat(result).isInstanceOf(Valid.class);
    return (Valid) result;
  }

  private DraftResult check(String name, String spec, SecretValues kept) {
    return new Drafts(loader, folder, ENVIRONMENT, folder).check(name, json(spec), kept, ORDERS);
  }

  private ConnectorSpec ofFile(String yaml, String name) {
    ConfigResult result = loader.loadText("f", yaml, folder, ENVIRONMENT);
    assertThat(result).isInstanceOf(ConfigResult.Valid.class);
    return Objects.requireNonNull(((ConfigResult.Valid) result).config().connectors().get(name));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }
}
