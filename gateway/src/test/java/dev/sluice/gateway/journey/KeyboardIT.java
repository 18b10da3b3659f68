package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with the keyboard alone. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class KeyboardIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final int MANY_KEYS = 80;

  private static final String YAML =
      """
      topics:
        orders: {}
        to-be-deleted: {}
      connectors:
        plant:
          source: simulator
          topic: readings
          config: {interval: 100ms, steps: 20}
      """;

  @TempDir private static Path directory;

  private static SluiceProcess gateway;

  @BeforeAll
  static void startGateway() {
    gateway = SluiceProcess.start(directory, YAML);
    var unused =
        gateway.send(
            "POST",
            "/api/v1/topics/orders/records",
            """
            {"records": [{"key": "a", "value": {"n": 1}}, {"key": "b", "value": {"n": 2}}]}""");
  }

  @AfterAll
  static void stopGateway() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void theFirstKeyLeadsPastWhatIsOnEveryPage() {
    Page page = browser.open(gateway.uri("/ui/topics"));
    assertThat(page.getByRole(AriaRole.SEARCHBOX)).isVisible();
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasText("Skip to the content");
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    Locator focused = page.locator("main :focus");
    assertThat(focused).hasCount(1);
  }

  @Test
  void leadsFromTheOverviewIntoARecordAndBack() {
    Page page = browser.open(gateway.uri("/"));
    assertThat(page.getByText("plant").first()).isVisible();
    tabTo(page, Find.link(page, "Topics"));
    page.keyboard().press("Enter");
    Locator orders = Find.link(page, "orders");
    assertThat(orders).isVisible();
    tabTo(page, orders);
    page.keyboard().press("Enter");
    Locator show = Find.showButtons(page, "record").first();
    assertThat(show).isVisible();
    tabTo(page, show);
    page.keyboard().press("Enter");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).isVisible();
    for (int key = 0; key < 12; key++) {
      page.keyboard().press("Tab");
      assertThat(page.locator("[role=dialog] :focus, [role=dialog]:focus")).hasCount(1);
    }
    page.keyboard().press("Escape");
    assertThat(dialog).isHidden();
    assertThat(show).isFocused();
  }

  /** Presses the key until the focus is there. */
  private static void tabTo(Page page, Locator wanted) {
    for (int key = 0; key < MANY_KEYS; key++) {
      if ((boolean) wanted.evaluate("element => element === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    assertThat(wanted).isFocused();
  }
}
