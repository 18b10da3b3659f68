package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Views where there is nothing yet, where something failed, and where one may not look. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class OtherStatesIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final List<View> EMPTY =
      List.of(
          new View("overview", "/", "No connectors yet"),
          new View("topics", "/ui/topics", "No topics yet"),
          new View("connectors", "/ui/connectors", "No connectors yet"),
          new View("dead letters", "/ui/dead-letters", "Nothing is set aside"),
          new View("groups", "/ui/groups", "No consumer groups yet"),
          new View("events", "/ui/events?text=nothing-such", "Nothing matches."));

  private static final String PROBLEM =
      """
      {"type": "urn:sluice:problem:%1$s", "title": "%2$s", "status": %3$d, "code": "%1$s",
       "category": "user", "detail": "%2$s", "suggestion": "Ask someone who may."}
      """;

  @TempDir private static Path directory;

  private static SluiceProcess gateway;

  @BeforeAll
  static void startGateway() {
    gateway = SluiceProcess.start(directory, "topics: {}\n");
  }

  @AfterAll
  static void stopGateway() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @ParameterizedTest
  @FieldSource("EMPTY")
  void saysThatThereIsNothingYet(View view) {
    Page page = browser.open(gateway.uri(view.path()));
    view.awaitReady(page);
    TestBrowser.assertUsableOnDesksAndPhones(page);
  }

  static List<View> views() {
    return View.ALL;
  }

  @ParameterizedTest
  @MethodSource("views")
  void saysWhatFailed(View view) {
    browser.expect("Failed to load resource");
    Page page = browser.page(gateway.uri("/"), TestBrowser.NARROW, ColorScheme.DARK);
    refuse(page, 403, "Only operators may see this.", view);
    TestBrowser.assertFits(page);
    TestBrowser.assertAccessible(page);
    refuse(page, 500, "The disk does not answer.", view);
    page.setViewportSize(TestBrowser.WIDE, 900);
    TestBrowser.assertFits(page);
  }

  /** Shows a view to which everything that it asks for is refused. */
  private static void refuse(Page page, int status, String detail, View view) {
    page.unrouteAll();
    page.route(
        "**/api/v1/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("application/problem+json")
                    .setBody(PROBLEM.formatted("refused", detail, status))));
    var unused = page.navigate(gateway.uri(view.path()).toString());
    assertThat(page.locator("main").getByText(detail).first()).isVisible();
    View.awaitLoaded(page);
  }
}
