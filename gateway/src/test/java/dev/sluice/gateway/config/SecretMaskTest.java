package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

  private static final String FILE = "gateway.yaml";

  private static final String SHOP =
      """
      connectors:
        shop:
          source: postgres-cdc
          topic: shop.{table}
          config:
            url: postgresql://anna:swordfish@db/shop
            password: swordfish  # not this one
            tables: [orders]
      """;

  private final SecretMask mask =
      new SecretMask(new SecretOptions(new ConfigSchema(TestTypes.ALL)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: swordfish",
        "password: 'swordfish'",
        "password: \"sword\\u0066ish swordfish\"",
        "password: &pw swordfish",
        "password: |\n        swordfish\n        swordfish\n",
        "password: >-\n        swordfish\n\n        swordfish\n",
        "password: swordfish\n        swordfish",
        "password: swordfish # swordfish is a fish",
        "url: postgresql://anna:swordfish@db/shop",
        "url: \"jdbc:x:?a=1&password=swordfish&b=2\"",
        "url: \"jdbc:x:?password=sword\\x66ish\"",
        "url: postgresql://anna:${env:PW:-swordfish}@db/shop",
        "url: 'ftp:h?secretKey=swordfish&a=b'",
        "url: ftp:h?password=RAW(a&swordfish)&a=b",
        "# url: ftp:h?password=RAW(a&swordfish)&a=b",
        "# accessKey: swordfish",
        "passwrod: swordfish",
        "properties: {ssl.password: swordfish, other: 1}",
        "password: '${env:PW:-swordfish}'",
        "# password: swordfish",
        "# url: postgresql://anna:swordfish@db/shop",
        "tables: [postgresql://a:swordfish@db, \"postgresql://b:swordfish@db\"]",
        "{password:swordfish}"
      })
  void coversSecretsHoweverTheyAreWrittenAndPutsThemBack(String option) {
    String text =
        "connectors:\n  shop:\n    source: postgres-cdc\n    config:\n      "
            + option
            + "\ntopics: {a: {}}\n";
    String masked = masked(text);
    assertThat(masked.replace("swordfish is a fish", "").replace("sword\\x66ish", "swordfish"))
        .contains("****")
        .doesNotContain("swordfish");
    assertThat(restored(text, masked)).isEqualTo(text);
    assertThat(restored(text, "# new\n" + masked + "rules: {}\n"))
        .isEqualTo("# new\n" + text + "rules: {}\n");
  }

  @Test
  void showsReferencesAndWhatIsNoSecret() {
    String text =
        """
        # the password: ${env:PW}
        server: {kafka: {users: {anna: {password: "${file:pw}"}}}}
        connectors:
          shop:
            source: postgres-cdc
            topic: shop.{table}
            config: {url: "postgresql://anna:${env:PW}@db", password: "${env:PW}", port: 5432}
        """;
    assertThat(masked(text)).isEqualTo(text);
  }

  @Test
  void coversWhatIsWrittenInTheServersSection() {
    String text = "server: {kafka: {users: {anna: {password: swordfish}}}}\n";
    assertThat(masked(text)).isEqualTo(text.replace("swordfish", "\"****\""));
  }

  @Test
  void doesNotShowWhatIsNoYaml() {
    assertThat(mask.mask(FILE, "a: [")).isEmpty();
    assertThat(mask.restore(FILE, SHOP, "a: [****", new Problems()).text()).isEqualTo("a: [****");
  }

  @Test
  void keepsOtherTextAsItIs() {
    String text = "# \uD83D\uDC1F\r\ntopics: {'\uD83D\uDC1F': {}}\r\n" + SHOP.replace("\n", "\r\n");
    assertThat(restored(text, masked(text))).isEqualTo(text);
    assertThat(masked(text)).startsWith("# \uD83D\uDC1F\r\ntopics: {'\uD83D\uDC1F': {}}\r\n");
  }

  @Test
  void takesNewSecretsAndChangesAroundOldOnes() {
    String changed = masked(SHOP).replace("@db/shop", "@other/shop").replace("\"****\"", "herring");
    assertThat(restored(SHOP, changed))
        .isEqualTo(
            SHOP.replace("@db/shop", "@other/shop")
                .replace("password: swordfish", "password: herring"));
  }

  @Test
  void refusesSecretsThatHaveMoved() {
    assertThat(refused(SHOP, masked(SHOP).replace("  shop:", "  store:")))
        .containsExactly(
            "gateway.yaml:6:12: connectors.store.config.url: '****' stands for a secret that the"
                + " file does not have at this place",
            "gateway.yaml:7:17: connectors.store.config.password: '****' stands for a secret that"
                + " the file does not have at this place");
  }

  @Test
  void refusesSecretsInListsThatHaveChanged() {
    String text =
        SHOP.replace("[orders]", "[\"postgresql://a:one1@x\", \"postgresql://b:two2@x\"]");
    String masked = masked(text);
    assertThat(restored(text, masked.replace("source", "source"))).isEqualTo(text);
    assertThat(refused(text, masked.replace("\"postgresql://a:****@x\", ", "")))
        .singleElement()
        .asString()
        .contains("in a list that has changed");
  }

  @Test
  void doesNotPutASecretWhereItWouldBeShown() {
    String text = "connectors: {a: {sink: jdbc, topics: [t], config: {password: swordfish}}}";
    String changed = masked(text).replace("sink: jdbc", "sink: console");
    Problems problems = new Problems();
    String result = mask.restore(FILE, text, changed, problems).text();
    assertThat(masked(result)).doesNotContain("swordfish");
    String moved = "topics: {\"****\": {}}\n" + SHOP.replace("swordfish", "x");
    assertThat(restored(SHOP, moved)).isEqualTo(moved);
  }

  @Test
  void tellsPlacesOfMistakesAsPeopleSeeThem() {
    String text =
        "connectors:\n  a: {config: {password: a-very-long-secret, url: x}}\n  b:\n    config:\n"
            + "      password: |\n        one\n        two\n    topic: t\n";
    String changed = masked(text);
    RestoredText restored = mask.restore(FILE, text, changed, new Problems());
    assertThat(restored.text()).isEqualTo(text);
    assertThat(seen(restored, 2, 1 + "  a: {config: {password: a-very-long-secret, ".length()))
        .isEqualTo("2:" + (1 + "  a: {config: {password: \"****\", ".length()));
    assertThat(seen(restored, 8, 5)).isEqualTo("6:5");
    assertThat(seen(restored, 7, 9)).isEqualTo("5:17");
    assertThat(seen(restored, 1, 1)).isEqualTo("1:1");
  }

  @Test
  @Timeout(60)
  void aTextOfManyPartsIsLookedThroughInNoTime() {
    String text = "# \uD83D\uDC1F\nlist: [" + "x, ".repeat(300_000) + "x]\n";
    assertThat(masked(text)).isEqualTo(text);
    String comment = "# " + "token".repeat(100_000) + " ".repeat(100_000) + "\n";
    assertThat(masked(comment)).isEqualTo(comment);
  }

  private static String seen(RestoredText restored, int line, int column) {
    Problem seen = restored.asSeen(new Problem(FILE, line, column, "", "", ""));
    return seen.line() + ":" + seen.column();
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neitherShowsNorLosesSecretsOfAnyFile(long seed) {
    SecretYaml yaml = new SecretYaml(new Random(seed));
    String text = yaml.write();
    String masked = masked(text);
    assertThat(masked).as("of seed %d:%n%s", seed, text).doesNotContain(SecretYaml.SECRET);
    assertThat(restored(text, masked)).as("of seed %d", seed).isEqualTo(text);
    String added = "# one more line\n" + masked;
    assertThat(restored(text, added)).as("of seed %d", seed).isEqualTo("# one more line\n" + text);
  }

  private String masked(String text) {
    return mask.mask(FILE, text).orElseThrow().text();
  }

  private String restored(String original, String changed) {
    Problems problems = new Problems();
    String text = mask.restore(FILE, original, changed, problems).text();
    assertThat(problems.sorted(new Secrets())).isEmpty();
    return text;
  }

  private List<String> refused(String original, String changed) {
    Problems problems = new Problems();
    RestoredText unused = mask.restore(FILE, original, changed, problems);
    List<String> messages = new ArrayList<>();
    for (Problem problem : problems.sorted(new Secrets())) {
      assertThat(problem.suggestion()).contains("${env:NAME}");
      messages.add(
          new Place(problem.file(), problem.line(), problem.column())
              + ": "
              + problem.path()
              + ": "
              + problem.message());
    }
    return messages;
  }
}
