package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

  static Stream<Arguments> refusals() {
    return IntStream.range(0, View.ALL.size())
        .boxed()
        .flatMap(
            n -> {
              View view = View.ALL.get(n);
              Arguments forbidden = Arguments.of(view, 403, "Only operators may see this.");
              Arguments broken = Arguments.of(view, 500, "The disk does not answer.");
              return Boolean.getBoolean("long")
                  ? Stream.of(forbidden, broken)
                  : Stream.of(n % 2 == 0 ? forbidden : broken);
            });
  }

  /** The long version does both to each view, the short one them in turn. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refusals")
  void saysWhatFailed(View view, int status, String detail) {
    browser.expect("Failed to load resource");
    Page page = browser.page(gateway.uri("/"), TestBrowser.NARROW, ColorScheme.DARK);
    refuse(page, status, detail, view);
    TestBrowser.assertFits(page);
    TestBrowser.assertAccessible(page);
  }

  /** Shows a view to which everything that it asks for is refused. */
  private static void refuse(Page page, int status, String detail, View view) {
    page.route(
        "**/api/v1/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("application/problem+json")
                    .setBody(PROBLEM.formatted("refused", detail, status))));
    var unused = page.navigate(gateway.uri(view.path()).toString());
    Locator main = page.locator("main");
    assertThat(main.getByText(detail).first()).isVisible();
    View.awaitLoaded(page);
    Locator denied = main.getByText("You have no permission for this.");
    if (status == 403) {
      assertThat(denied.first()).isVisible();
    } else {
      assertThat(denied).hasCount(0);
    }
  }

  /** An answer that is late: the view says that it is loading, and what it is about. */
  @ParameterizedTest
  @FieldSource("EMPTY")
  void saysThatItIsLoading(View view) {
    Page page = browser.page(gateway.uri("/"), TestBrowser.WIDE, ColorScheme.LIGHT);
    List<Route> held = new CopyOnWriteArrayList<>();
    page.route("**/api/v1/**", held::add);
    var unused = page.navigate(gateway.uri(view.path()).toString());
    assertThat(page.locator("main .mantine-Loader-root, main .mantine-Skeleton-root").first())
        .isVisible();
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .isVisible();
    TestBrowser.assertFits(page);
    TestBrowser.assertAccessible(page);
    page.unroute("**/api/v1/**");
    held.forEach(Route::resume);
    view.awaitReady(page);
  }
}
