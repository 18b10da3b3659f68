package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.rest.Api;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class ConfigurationPageTest {

  @RegisterExtension static final TestBrowser BROWSER = new TestBrowser();

  private static final String YAML =
      """
      # what the shop needs
      topics:
        orders: {partitions: 6}
      connectors:
        shop:
          source: mqtt
          topic: orders
          config: {url: "tcp://localhost:1883", subscribe: a, user: me, password: hunter2}
      """;

  @Inject TestPorts ports;

  @BeforeEach
  void reset() {
    ports.configuration().reset(YAML);
  }

  @Test
  void aMistakeIsShownAtItsPlaceAndWhatIsRightIsPlannedAndApplied() {
    Page page = BROWSER.open(Api.uri("/ui/configuration"));
    Locator editor = editor(page);
    assertThat(editor).containsText("password: \"****\"");
    assertThat(page.getByText("hunter2")).hasCount(0);
    replace(page, "partitions: 6", "partitions: six");
    Locator place = button(page, "Line 3, column 24");
    assertThat(page.getByText("1 mistake")).isVisible();
    assertThat(page.locator(".cm-lintRange-error")).hasText("six");
    assertThat(button(page, "Apply…")).isDisabled();
    place.press("Enter");
    page.keyboard().press("Control+Shift+ArrowRight");
    page.keyboard().type("7");
    assertThat(page.getByText("What it would do")).isVisible();
    replace(page, "subscribe: a", "subscribe: b");
    assertThat(page.getByText("Differs: config.subscribe")).isVisible();
    TestBrowser.assertAccessible(page);
    button(page, "Apply…").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("These restart: shop.");
    dialog.getByText("Write the files and apply").click();
    assertThat(page.getByText("The configuration is in force.")).isVisible();
    assertThat(ports.configuration().file())
        .hasContent(
            YAML.replace("partitions: 6", "partitions: 7").replace("subscribe: a", "subscribe: b"));
    assertThat(button(page, "Drop my changes")).isDisabled();
  }

  @Test
  void completesKeysAndTellsWhatTheyMean() {
    Page page = BROWSER.open(Api.uri("/ui/configuration"));
    Locator editor = editor(page);
    editor.click();
    page.keyboard().press("Control+End");
    page.keyboard().type("rul");
    assertThat(page.getByRole(AriaRole.OPTION)).containsText(new String[] {"rules"});
    page.getByRole(AriaRole.OPTION).first().click();
    assertThat(editor).containsText("rules:");
    page.keyboard().press("Escape");
    page.keyboard().press("Tab");
    assertThat(editor).not().isFocused();
  }

  @Test
  void changesAreNotLostByLeavingUnlessThatIsWanted() {
    Page page = BROWSER.open(Api.uri("/ui/configuration"));
    replace(page, "partitions: 6", "partitions: 7");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Topics")).click();
    page.getByText("Stay", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(editor(page)).containsText("partitions: 7");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Topics")).click();
    page.getByText("Leave", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page).hasURL(Pattern.compile(".*/ui/topics"));
  }

  @Test
  void aTextFromAnotherViewIsComparedWithWhatIsLoaded() {
    Page page = BROWSER.open(Api.uri("/"));
    page.evaluate(
        "sessionStorage.setItem('sluice.configuration.draft',"
            + " JSON.stringify({file: 'gateway.yaml', text: 'topics: {other: {}}\\n'}))");
    page.navigate(Api.uri("/ui/configuration").toString());
    assertThat(page.getByText("was handed over from another view")).isVisible();
    assertThat(page.locator(".cm-deletedChunk")).containsText("what the shop needs");
    assertThat(page.getByText("no longer declared; its records stay")).isVisible();
    button(page, "Drop my changes").click();
    assertThat(editor(page)).containsText("what the shop needs");
  }

  @Test
  void saysThatTheFilesHaveChangedMeanwhile() {
    BROWSER.expect("412");
    Page page = BROWSER.open(Api.uri("/ui/configuration"));
    replace(page, "partitions: 6", "partitions: 7");
    assertThat(button(page, "Apply…")).isEnabled();
    ports.configuration().reset(YAML + "rules: {}\n");
    button(page, "Apply…").click();
    page.getByText("Write the files and apply").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("have changed since");
    page.getByText("Cancel").click();
    button(page, "Drop my text, show the new files").click();
    assertThat(editor(page)).containsText("rules: {}");
  }

  @Test
  void fitsPhonesAndDesksInLightAndDark() {
    Page page = BROWSER.open(Api.uri("/ui/configuration"));
    replace(page, "partitions: 6", "partitions: 7, partition: 2");
    assertThat(page.getByText("1 mistake")).isVisible();
    TestBrowser.assertUsableOnDesksAndPhones(page);
  }

  private static Locator editor(Page page) {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Text of gateway.yaml"));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  /** As people do: finds it, selects it, types over it. */
  private static void replace(Page page, String old, String text) {
    editor(page).click();
    page.keyboard().press("Control+f");
    // The editor takes up what is searched for as keys are let go.
    page.locator(".cm-search input[name=search]").pressSequentially(old);
    page.keyboard().press("Enter");
    page.keyboard().press("Escape");
    page.keyboard().insertText(text);
  }
}
