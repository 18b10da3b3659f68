package dev.sluice.gateway.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Debian's Chromium for the tests of a class, to be registered in a static field. After each test
 * it closes the pages, and fails the test if one of them had anything to complain of: an error on
 * its console (which is where violations of the Content-Security-Policy and failed requests are
 * told), an uncaught error, or a request to another host. Only for the thread of the tests.
 */
public final class TestBrowser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** A desk's screen. */
  public static final int WIDE = 1440;

  /** A phone's. */
  public static final int NARROW = 390;

  private static final int HEIGHT = 900;

  /** The second opens pages in twice the time, since it draws a window, too. */
  private static final List<String> CHROMIUMS =
      List.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium");

  private static final Path CHROMIUM =
      Path.of(
          System.getProperty(
              "chromium",
              CHROMIUMS.stream()
                  .filter(path -> Files.isExecutable(Path.of(path)))
                  .findFirst()
                  .orElse(CHROMIUMS.getLast())));

  /** Generous, since it is only reached by what is broken. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  private @Nullable Playwright playwright;
  private @Nullable Browser browser;

  @Override
  public void beforeAll(ExtensionContext context) {
    assertThat(CHROMIUM)
        .as("Chromium; install it (apt-get install chromium-headless-shell), or -Dchromium=PATH")
        .isExecutable();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright started =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    playwright = started;
    browser =
        started
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  /** Opens an address on a desk's screen, in light colours. */
  public Page open(URI address) {
    return open(address, WIDE, ColorScheme.LIGHT);
  }

  /** Opens an address in a window of its own that knows nothing of others. */
  public Page open(URI address, int width, ColorScheme scheme) {
    Page page = page(address, width, scheme);
    var unused = page.navigate(address.toString());
    return page;
  }

  /** An empty page for addresses of a host, for tests that want to watch it from the beginning. */
  public Page page(URI host, int width, ColorScheme scheme) {
    Browser running = browser;
    if (running == null) {
      throw new IllegalStateException("register the browser in a static field");
    }
    BrowserContext context =
        running.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setReducedMotion(ReducedMotion.REDUCE));
    contexts.add(context);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    String home = host.resolve("/").toString();
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text() + " at " + message.location());
          }
        });
    context.onWebError(error -> complaints.add("uncaught: " + error.error()));
    context.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    context.onRequest(
        request -> {
          String url = request.url();
          if (!url.startsWith(home) && !url.startsWith("blob:" + home)) {
            complaints.add("request to " + url);
          }
        });
    return context.newPage();
  }

  /** From here to the test's end, a complaint that has this text in it is no failure. */
  public void expect(String text) {
    expected.add(text);
  }

  /** Fails if the page, as it is now, breaks a rule of WCAG 2.2 AA that a program can check. */
  public static void assertAccessible(Page page) {
    AxeRunOptions options = new AxeRunOptions();
    options.setXPath(false);
    // Describing each element that is as it should be takes longer than looking at it.
    options.setResultTypes(List.of("violations"));
    List<String> violations =
        new AxeBuilder(page)
                // Otherwise it opens a page of its own to merge the results of frames.
                .setLegacyMode(true)
                .options(options)
                .analyze()
                .getViolations()
                .stream()
                .map(TestBrowser::describe)
                .toList();
    assertThat(violations).as("accessibility of %s", page.url()).isEmpty();
  }

  /**
   * Fails if the page, as it is now, breaks a rule or is wider than its window, on a desk in light
   * colours and on a phone in dark ones. It is on a desk again afterwards.
   */
  public static void assertUsableOnDesksAndPhones(Page page) {
    assertUsable(page, WIDE, ColorScheme.LIGHT);
    assertUsable(page, NARROW, ColorScheme.DARK);
    show(page, WIDE, ColorScheme.LIGHT);
  }

  private static void assertUsable(Page page, int width, ColorScheme scheme) {
    show(page, width, scheme);
    assertFits(page);
    assertAccessible(page);
  }

  private static void show(Page page, int width, ColorScheme scheme) {
    page.setViewportSize(width, HEIGHT);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    page.locator("html[data-mantine-color-scheme=" + scheme.name().toLowerCase(Locale.ROOT) + "]")
        .waitFor();
  }

  private static String describe(Rule rule) {
    StringBuilder text = new StringBuilder(rule.getId()).append(": ").append(rule.getHelp());
    rule.getNodes()
        .forEach(
            node ->
                text.append("\n    ")
                    .append(node.getHtml())
                    .append("\n      ")
                    .append(String.valueOf(node.getFailureSummary()).replace("\n", " ")));
    return text.toString();
  }

  /** Fails if one would have to scroll to the side, once what follows the window's size has. */
  public static void assertFits(Page page) {
    try {
      var unused =
          page.waitForFunction("() => document.documentElement.scrollWidth <= window.innerWidth");
    } catch (TimeoutError tooWide) {
      assertThat((int) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
          .as("pixels by which %s is too wide", page.url())
          .isNotPositive();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
    List<String> unexpected =
        complaints.stream().filter(text -> expected.stream().noneMatch(text::contains)).toList();
    complaints.clear();
    expected.clear();
    if (context.getExecutionException().isEmpty()) {
      assertThat(unexpected).as("complaints of the browser").isEmpty();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Playwright running = playwright;
    if (running != null) {
      running.close();
    }
  }
}
