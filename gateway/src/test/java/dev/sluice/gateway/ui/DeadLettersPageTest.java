package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.deadletter.TestLetters;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Api;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import dev.sluice.gateway.rest.Views;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The views of dead letters. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class DeadLettersPageTest {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final String TOPIC = "warehouse.dead-letters";
  private static final String AGAIN = OwnTopics.redelivery("warehouse");
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

  @Inject TestPorts ports;

  @BeforeEach
  void createLetters() {
    forgetAll();
    ports.connectors().put(Views.running("warehouse", Kind.SINK));
    ports.log().create("orders", 1, TopicSettings.DEFAULT);
    ports.log().create(TOPIC, 1, TopicSettings.DEFAULT);
    add("value-not-json", "{\"id\": 12345678901234567890, \"total\": \"nine\"}");
    add("value-not-json", HOSTILE);
    add("table-column-missing", "{\"id\": 3, \"colour\": \"red\"}");
  }

  @AfterEach
  void forgetAll() {
    ports.connectors().clear();
    ports.log().list().forEach(topic -> ports.log().delete(topic.name()));
  }

  private void add(String code, String value) {
    NewRecord letter = TestLetters.ofSink("warehouse", "orders", 41, code, value, TIME);
    ports.log().append(new TopicPartition(TOPIC, 0), List.of(letter)).join();
  }

  private List<String> again() {
    return ports.log().all(AGAIN).stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator dialogButton(Page page, String title, String name) {
    return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title))
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  @Test
  void leadsFromTheErrorsToALetterThatIsChangedAndSentAgain() {
    try (Page page = browser.open(Api.uri("/ui/dead-letters"))) {
      page.getByText("value-not-json 2").click();
      assertThat(page.getByText("The record is refused: table-column-missing.")).isHidden();
      button(page, "Show the letter 0:0").click();
      assertThat(page.getByText("it goes to warehouse alone")).isVisible();
      Locator editor =
          page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Value"));
      assertThat(editor).containsText("12345678901234567890");
      editor.click();
      page.keyboard().press("Control+a");
      page.keyboard().insertText("{\"id\": 12345678901234567890, \"total\": 9.50}");
      button(page, "Send the changed letter").click();
      dialogButton(page, "Send again: 1 letter", "Send again").click();
      assertThat(page.getByText("1 done, 0 could not be")).isVisible();
      assertThat(button(page, "Show the letter 0:0")).isHidden();
      assertThat(button(page, "Show the letter 0:1")).isVisible();
    }
    assertThat(again()).containsExactly("{\"id\": 12345678901234567890, \"total\": 9.50}");
  }

  @Test
  void sendsAllThatMatchAndDiscardsOnlyForWhoTypesTheName() {
    try (Page page = browser.open(Api.uri("/ui/dead-letters/" + TOPIC + "?code=value-not-json"))) {
      button(page, "Select all that match").click();
      assertThat(page.getByText("All that match are selected: 2 letters")).isVisible();
      button(page, "Send again").click();
      dialogButton(page, "Send again: 2 letters", "Send again").click();
      assertThat(page.getByText("2 done, 0 could not be")).isVisible();
      assertThat(page.getByText("No letter matches.")).isVisible();

      button(page, "Show all open ones").click();
      page.getByLabel("Select the letter 0:2").check();
      button(page, "Discard").click();
      Locator discard = dialogButton(page, "Discard: 1 letter", "Discard");
      assertThat(discard).isDisabled();
      page.getByLabel("To go on, type the name").fill(TOPIC);
      discard.click();
      assertThat(page.getByText("No letter is open: all have been dealt with.")).isVisible();
    }
    assertThat(again()).hasSize(2);
  }

  @Test
  void showsLettersAsTextWhateverTheyContain() {
    String address = "/ui/dead-letters/" + TOPIC + "?letter=0%3A1";
    try (Page page = browser.open(Api.uri(address))) {
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText(HOSTILE);
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Content")).click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText(HOSTILE);
      assertThat(page.locator("img[src=x]")).hasCount(0);
      assertThat(page).hasTitle(TOPIC + " · Sluice");
    }
  }

  @Test
  void saysSoIfNothingIsSetAside() {
    forgetAll();
    try (Page page = browser.open(Api.uri("/ui/dead-letters"))) {
      assertThat(page.getByText("Nothing is set aside")).isVisible();
      TestBrowser.assertAccessible(page);
    }
  }
}
