package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.ShopDatabase;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.process.TcpProxy;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A source that captures a database is made by the form, breaks, and recovers. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class CaptureJourneyIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  /** How soon the overview must tell what is wrong. */
  private static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(10_000);

  @TempDir private Path directory;

  private ShopDatabase shop;
  private TcpProxy proxy;

  @BeforeEach
  void startDatabase() throws Exception {
    shop = new ShopDatabase();
    proxy = new TcpProxy(shop.port());
    shop.execute("insert into items values (1, 1, 'a blue bicycle'), (2, 1, 'a red kite')");
  }

  @AfterEach
  void stopDatabase() throws Exception {
    proxy.close();
    shop.close();
  }

  @Test
  void aDatabaseIsCapturedBreaksAndRecovers() throws Exception {
    try (SluiceProcess gateway = SluiceProcess.start(directory, "topics: {shop.items: {}}\n")) {
      Page page = browser.open(gateway.uri("/ui/connectors"));
      page.getByText("New connector").first().click();
      page.getByRole(AriaRole.SEARCHBOX).fill("postgres");
      Find.link(page, "PostgreSQL change data capture").click();
      fill(page, "Name", "shop");
      fill(page, "Topic", "shop.{table}");
      fill(page, "Database", "postgresql://localhost:" + proxy.port() + "/postgres");
      fill(page, "User", shop.user());
      fill(page, "Tables", "public.items");
      page.keyboard().press("Enter");

      Find.button(page, "Test the connection").click();
      assertThat(page.getByText("The connection works")).isVisible();
      Find.button(page, "Preview").click();
      assertThat(page.getByText("a blue bicycle").first()).isVisible();
      Find.button(page, "Create the connector").click();

      page.waitForURL("**/ui/connectors/shop");
      assertThat(page.locator("main").getByText("running").first()).isVisible();
      Find.link(page, "shop.items").first().click();
      assertThat(page.getByText("a red kite").first()).isVisible();

      Find.link(page, "Overview").click();
      Locator attention = page.locator("section[aria-labelledby=attention]");
      assertThat(attention).not().containsText("shop");
      proxy.cut();
      Locator trouble = attention.locator("li", new Locator.LocatorOptions().setHasText("shop"));
      assertThat(trouble).containsText(Integer.toString(proxy.port()), SOON);
      trouble.getByRole(AriaRole.LINK).first().click();
      page.waitForURL("**/ui/connectors/shop**");
      assertThat(page.locator("main").getByText("Next try in").first()).isVisible();
      Find.link(page, "Overview").click();

      shop.execute("insert into items values (3, 1, 'a green boat')");
      proxy.restore();
      assertThat(attention.getByText("shop"))
          .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
      var unused = page.navigate(gateway.uri("/ui/topics/shop.items").toString());
      assertThat(page.getByText("a green boat").first()).isVisible();
      page.close();
    }
  }

  private static void fill(Page page, String label, String value) {
    Find.field(page, label).fill(value);
  }
}
