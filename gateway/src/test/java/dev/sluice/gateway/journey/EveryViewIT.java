package dev.sluice.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every view with content: accessible, and no wider than the screen, on desks and phones. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class EveryViewIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final int FIRST_LOAD_BYTES = 400_000;

  @TempDir private static Path directory;

  private static DemoGateway demo;

  @BeforeAll
  static void startGateway() throws Exception {
    demo = DemoGateway.start(directory);
  }

  @AfterAll
  static void stopGateway() throws Exception {
    if (demo != null) {
      demo.close();
    }
  }

  static List<View> views() {
    return View.ALL;
  }

  @ParameterizedTest
  @MethodSource("views")
  void isAccessibleAndFits(View view) {
    Page page = browser.open(demo.uri(view.path()));
    view.awaitReady(page);
    TestBrowser.assertUsableOnDesksAndPhones(page);
  }

  /** The overview is the largest of those that one comes in by: it has the graph. */
  @Test
  void theFirstLoadIsSmall() {
    Page page = browser.open(demo.uri("/"));
    View.ALL.getFirst().awaitReady(page);
    int bytes =
        (int)
            page.evaluate(
                """
                ["navigation", "resource"]
                  .flatMap((type) => performance.getEntriesByType(type))
                  .reduce((sum, entry) => sum + entry.transferSize, 0)""");
    System.out.printf("First load of the overview: %,d bytes over the wire%n", bytes);
    assertThat(bytes).isBetween(50_000, FIRST_LOAD_BYTES);
  }
}
