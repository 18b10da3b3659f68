package dev.sluice.gateway.journey;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Clip;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of every view, light and dark, wide and narrow: {@code docs/ui/make}. */
@EnabledIfSystemProperty(named = ScreenshotsIT.FOLDER, matches = ".+")
class ScreenshotsIT {

  static final String FOLDER = "screenshots";

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  /** Of a longer page the rest is left out. */
  private static final int LONGEST = 1_500;

  /** What is loaded when it is needed may be asked for only after the rest is there. */
  private static final int SETTLE_MILLIS = 1_500;

  @TempDir private Path directory;

  @Test
  void picturesOfEveryView() throws Exception {
    Path folder = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
    try (DemoGateway demo = DemoGateway.start(directory)) {
      for (View view : View.ALL) {
        for (int width : List.of(TestBrowser.WIDE, TestBrowser.NARROW)) {
          Page page = browser.open(demo.uri(view.path()), width, ColorScheme.LIGHT);
          view.awaitReady(page);
          page.waitForTimeout(SETTLE_MILLIS);
          view.awaitReady(page);
          for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            String name = scheme.name().toLowerCase(Locale.ROOT);
            page.locator("html[data-mantine-color-scheme=" + name + "]").waitFor();
            SmallPng.write(
                picture(page, width),
                folder.resolve(view.name() + "-" + width + "-" + name + ".png"));
          }
          page.close();
        }
      }
    }
  }

  private static byte[] picture(Page page, int width) {
    // What lies over a page does so over the part of it that is in the window.
    String wanted =
        "document.querySelector('[role=dialog]') ? innerHeight : document.documentElement.scrollHeight";
    int height = (int) page.evaluate(wanted);
    return page.screenshot(
        new Page.ScreenshotOptions()
            .setAnimations(ScreenshotAnimations.DISABLED)
            .setFullPage(true)
            .setClip(new Clip(0, 0, width, Math.min(height, LONGEST))));
  }
}
