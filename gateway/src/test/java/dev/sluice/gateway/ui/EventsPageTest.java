package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Api;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class EventsPageTest {

  @RegisterExtension static final TestBrowser BROWSER = new TestBrowser();

  private static final TopicPartition EVENTS = new TopicPartition(OwnTopics.EVENTS, 0);

  @Inject TestPorts ports;

  @BeforeEach
  void tellSomeEvents() {
    forgetEvents();
    ports.log().create(OwnTopics.EVENTS, 1, TopicSettings.DEFAULT);
    append("connector.failed", "warehouse", "Connection <b>refused</b>.", "gateway");
    append("topic.created", "orders", "Topic orders was created.", "http");
  }

  @AfterEach
  void forgetEvents() {
    if (ports.log().find(OwnTopics.EVENTS).isPresent()) {
      ports.log().delete(OwnTopics.EVENTS);
    }
  }

  @Test
  void showsWhatHappenedAndWhatHappensNowAndPauses() {
    Page page = BROWSER.open(Api.uri("/ui/events"));
    Locator rows = page.locator("tbody tr");
    assertThat(rows.first()).containsText("over HTTP 127.0.0.1");
    assertThat(page.getByText("Connection <b>refused</b>.")).isVisible();
    append("connector.recovered", "warehouse", "It works again.", "gateway");
    assertThat(rows.first()).containsText("It works again.");
    button(page, "Pause").click();
    append("connector.paused", "warehouse", "While paused.", "http");
    button(page, "Go on").click();
    assertThat(rows.first()).containsText("While paused.");
    assertThat(rows).hasCount(4);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("orders")).click();
    assertThat(page).hasURL(Pattern.compile(".*/ui/topics/orders"));
    BROWSER.expect("404");
  }

  @Test
  void filtersAndKeepsTheFilterInTheAddress() {
    Page page = BROWSER.open(Api.uri("/ui/events?type=topic"));
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.getByRole(AriaRole.SEARCHBOX).fill("nothing like it");
    assertThat(page.getByText("Nothing matches.")).isVisible();
    assertThat(page).hasURL(Pattern.compile(".*type=topic.*text=nothing.*"));
    button(page, "Clear the filters").click();
    assertThat(page.locator("tbody tr")).hasCount(2);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private void append(String type, String subject, String message, String kind) {
    String name = kind.equals("http") ? ", \"name\": \"127.0.0.1\"" : "";
    String value =
        """
        {"type": "%s", "subject": "%s", "message": "%s", "time": "2026-01-01T00:00:00Z",
         "actor": {"kind": "%s"%s}}"""
            .formatted(type, subject, message, kind, name);
    NewRecord record = new NewRecord(1, null, value.getBytes(UTF_8), List.of());
    ports.log().append(EVENTS, List.of(record)).join();
  }
}
