package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.KafkaClients;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text that would do something if a page took it for markup: as keys, values, headers, group ids,
 * configuration and error messages, and names that mean something in the page's language. Each view
 * shows it as text; a script that ran would change the title, write to the console, ask something
 * or fetch something, all of which fails the test.
 */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class HostileTextIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>"
          + "'\"><svg onload=alert(2)></textarea>javascript:alert(3)";

  /** What of it a view shows at least. */
  private static final String SHOWN = "<img src=x onerror=";

  private static final String GROUP =
      URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8).replace("+", "%20");

  private static final String YAML =
      """
      topics:
        constructor: {}
        valueOf: {}
      connectors:
        constructor:
          source: simulator
          topic: toString
          config: {sensors: ['%1$s'], field: '%1$s', interval: 100ms, steps: 50}
        refuses:
          sink: jdbc
          topics: [constructor]
          config:
            url: "jdbc:h2:mem:refuses;INIT=create table if not exists \\"t\\" (\\"a\\" int)"
            table: t
            mode: insert
          errors: {retries: 0, then: dead-letter}
        fails:
          sink: jdbc
          topics: [constructor]
          config: {url: "jdbc:h2:mem:fails", table: '%1$s', mode: insert}
          errors: {backoff: 1s, max-backoff: 1h}
      """
          .formatted(HOSTILE.replace("'", "''"));

  private static final List<View> VIEWS =
      List.of(
          new View("overview", "/", SHOWN),
          new View("topics", "/ui/topics", "constructor"),
          new View("records", "/ui/topics/constructor", SHOWN),
          new View("readings", "/ui/topics/toString", SHOWN),
          new View("connectors", "/ui/connectors", "constructor"),
          new View("connector in error", "/ui/connectors/fails", SHOWN),
          new View("errors", "/ui/connectors/refuses?tab=errors", "record set aside"),
          new View("configuration of one", "/ui/connectors/constructor?tab=configuration", SHOWN),
          new View("form", "/ui/connectors/constructor/edit", SHOWN),
          new View("dead letters", "/ui/dead-letters", "refuses"),
          new View("dead letters of a topic", "/ui/dead-letters/refuses.dead-letters", SHOWN),
          new View("groups", "/ui/groups", SHOWN),
          new View("group", "/ui/groups/" + GROUP, SHOWN),
          new View("events", "/ui/events", SHOWN),
          new View("configuration file", "/ui/configuration", SHOWN));

  @TempDir private static Path directory;

  private static SluiceProcess gateway;
  private static KafkaConsumer<String, String> member;

  @BeforeAll
  static void startGateway() throws Exception {
    gateway = SluiceProcess.start(directory, YAML);
    Map<String, Object> record =
        Map.of(
            "key",
            HOSTILE,
            "value",
            Map.of("a", HOSTILE),
            "headers",
            List.of(Map.of("key", HOSTILE, "value", HOSTILE)));
    var unused =
        gateway.send(
            "POST",
            "/api/v1/topics/constructor/records",
            new ObjectMapper().writeValueAsString(Map.of("records", List.of(record))));
    member = KafkaClients.consumer(gateway, HOSTILE);
    member.subscribe(List.of("constructor"));
    gateway.await("a member", () -> !member.poll(Duration.ofMillis(100)).isEmpty());
    member.commitSync();
    gateway.await("an error", () -> gateway.connector("fails").has("error"));
    gateway.await("a dead letter", () -> gateway.count("refuses.dead-letters") == 1);
    gateway.await("readings", () -> gateway.count("toString") > 0);
  }

  @AfterAll
  static void stopGateway() {
    if (gateway != null) {
      member.close();
      gateway.close();
    }
  }

  @ParameterizedTest
  @FieldSource("VIEWS")
  void isText(View view) {
    Page page = browser.open(gateway.uri(view.path()));
    view.awaitReady(page);
    Stream.of("record", "letter")
        .flatMap(what -> Find.showButtons(page, what).all().stream())
        .limit(1)
        .forEach(
            button -> {
              button.click();
              assertThat(page.getByRole(AriaRole.DIALOG)).containsText(SHOWN);
              assertNothingInjected(page);
            });
    assertNothingInjected(page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics", "connectors", "dead-letters", "groups"})
  void isTextAsANameInTheAddress(String views) {
    browser.expect("Failed to load resource");
    String name = "<img src=x onerror=alert(4)>";
    String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    Page page = browser.open(gateway.uri("/ui/" + views + "/" + path));
    View.awaitLoaded(page);
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(name);
    assertThat(page.locator("main").getByRole(AriaRole.ALERT).first()).isVisible();
    assertNothingInjected(page);
  }

  private static void assertNothingInjected(Page page) {
    assertThat(page.locator("img[src=x], main script, svg[onload], [onerror], iframe, object"))
        .hasCount(0);
    assertThat(page.title()).isNotEqualTo("owned");
  }
}
