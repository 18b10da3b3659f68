package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The configuration is edited with a mistake, corrected, looked at as a plan, and applied. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class ConfigurationJourneyIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final String BEFORE = "topics:\n  orders: {partitions: 2}\n";

  private static final String SPOILT = BEFORE + "  returns: {partitons: 3}\n";

  private static final String AFTER =
      BEFORE
          + """
            returns: {partitions: 3}
          connectors:
            plant: {source: simulator, topic: readings, config: {interval: 50ms}}
          """;

  @TempDir private Path directory;

  @Test
  void aMistakeIsShownAtItsPlaceAndThePlanBeforeItIsApplied() throws Exception {
    try (SluiceProcess gateway = SluiceProcess.start(directory, BEFORE)) {
      Page page = browser.open(gateway.uri("/"));
      Find.link(page, "Configuration").click();
      write(page, SPOILT);
      assertThat(page.getByText("1 mistake")).isVisible();
      assertThat(page.getByText("Line 3, column 13")).isVisible();
      assertThat(page.locator("main")).containsText("did you mean 'partitions'");
      assertThat(Find.button(page, "Apply…")).isDisabled();

      write(page, AFTER);
      // The editor holds the same names: what is planned is told beside it.
      Locator plan = page.locator("section[aria-labelledby=check]");
      assertThat(plan).containsText("What it would do");
      assertThat(plan).containsText(Pattern.compile("created\\s*returns\\s*3 partitions"));
      assertThat(plan).containsText(Pattern.compile("created\\s*plant\\s*source simulator"));
      Find.button(page, "Apply…").click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Nothing that runs is restarted or removed.");
      TestBrowser.assertAccessible(page);
      Find.button(page, "Write the files and apply").click();
      assertThat(page.getByText("The configuration is in force.")).isVisible();

      gateway.await("readings", () -> gateway.count("readings") > 0);
      assertThat(gateway.get("/api/v1/topics/returns").path("partitions").asInt()).isEqualTo(3);
      assertThat(Files.readString(directory.resolve("gateway.yaml"))).isEqualTo(AFTER);
      page.close();
    }
  }

  private static void write(Page page, String yaml) {
    Find.textBox(page, "Text of gateway.yaml").click();
    page.keyboard().press("Control+a");
    // What the keyboard inserts as a whole, the browser would turn into markup with styles in it.
    var unused = page.evaluate("text => navigator.clipboard.writeText(text)", yaml);
    page.keyboard().press("Control+v");
  }
}
