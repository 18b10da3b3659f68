package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.sluice.gateway.history.History;
import dev.sluice.gateway.history.TestHistory;
import dev.sluice.gateway.log.GroupDescription.Member;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Api;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consumer groups, their past, and what moves and deletes them; the overview's graph and chart. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class GroupPagesTest {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final TopicPartition ZERO = new TopicPartition("orders", 0);
  private static final TopicPartition ONE = new TopicPartition("orders", 1);

  @Inject TestPorts ports;
  @Inject History history;

  @BeforeEach
  void fill() throws Exception {
    ports.log().create("orders", 2, TopicSettings.DEFAULT);
    ports.log().groups().commit("readers", Map.of(ZERO, 10L, ONE, 5L));
    ports.log().groups().commit("idle", Map.of(ZERO, 40L));
    // The trend in the list has a point for each minute: these are four, whatever the time is.
    long minute = System.currentTimeMillis() / 60_000;
    for (long time : LongStream.rangeClosed(minute - 3, minute).map(m -> m * 60_000).toArray()) {
      NewRecord record = new NewRecord(time, null, null, List.of());
      ports.log().append(ZERO, Collections.nCopies(10, record)).join();
      ports.log().append(ONE, Collections.nCopies(10, record)).join();
      TestHistory.tick(history, time);
    }
  }

  @AfterEach
  void forgetAll() {
    ports.connectors().clear();
    ports.log().join("readers", List.of());
    ports.log().groups().list().forEach(ports.log().groups()::delete);
    ports.log().list().forEach(topic -> ports.log().delete(topic.name()));
  }

  @Test
  void findsGroupsAndKeepsTheFilterInTheAddress() {
    try (Page page = browser.open(Api.uri("/ui/groups"))) {
      assertThat(row(page, "readers")).containsText("65");
      assertThat(row(page, "readers").getByRole(AriaRole.IMG)).isVisible();
      page.getByLabel("Only those with a lag").check();
      assertThat(page.getByText("idle")).isHidden();
      page.reload();
      assertThat(row(page, "readers")).isVisible();
      assertThat(page.getByText("idle")).isHidden();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("readers")).click();
      assertThat(page).hasURL(Api.uri("/ui/groups/readers").toString());
    }
  }

  @Test
  void showsMembersPositionsAndThePastAsTheyChange() {
    join();
    try (Page page = browser.open(Api.uri("/ui/groups/readers?by=partition"))) {
      assertThat(page.locator("canvas")).isVisible();
      assertThat(page.getByRole(AriaRole.IMG, named("Lag over time"))).isVisible();
      assertThat(page.getByRole(AriaRole.TABLE, named("Members"))).containsText("orders: 0–1");
      NewRecord record = new NewRecord(1, null, null, List.of());
      ports.log().append(ZERO, Collections.nCopies(1_000, record)).join();
      assertThat(page.getByText("1,065 records waiting")).isVisible();
      page.getByRole(AriaRole.BUTTON, named("Show as a table")).click();
      assertThat(page.getByRole(AriaRole.TABLE, named("Lag over time"))).containsText("orders-1");
      TestBrowser.assertAccessible(page);
    }
  }

  @Test
  void aPartOfThePastIsShownMoreCloselyAndAllOfItAgain() {
    try (Page page = browser.open(Api.uri("/ui/groups/readers"))) {
      Locator chart = page.locator(".u-over");
      assertThat(chart).isVisible();
      chart.scrollIntoViewIfNeeded();
      BoundingBox box = chart.boundingBox();
      double middle = box.y + box.height / 2;
      page.mouse().move(box.x + box.width * 0.6, middle);
      page.mouse().down();
      page.mouse().move(box.x + box.width * 0.99, middle, new Mouse.MoveOptions().setSteps(5));
      page.mouse().up();
      assertThat(page).hasURL(Pattern.compile("/ui/groups/readers\\?from=\\d+&to=\\d+$"));
      assertThat(page.locator("canvas")).isVisible();
      page.reload();
      page.getByRole(AriaRole.BUTTON, named("Show the whole range")).click();
      assertThat(page).hasURL(Api.uri("/ui/groups/readers").toString());
    }
  }

  @Test
  void movesPositionsAfterShowingWhatThatChanges() {
    try (Page page = browser.open(Api.uri("/ui/groups/readers"))) {
      page.getByRole(AriaRole.BUTTON, named("Move positions")).click();
      page.getByRole(AriaRole.BUTTON, named("Show what would change")).click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("15 records are read again.");
      TestBrowser.assertAccessible(page);
      assertThat(page.getByRole(AriaRole.BUTTON, named("Move them"))).isDisabled();
      page.getByLabel("type the name").fill("readers");
      page.getByRole(AriaRole.BUTTON, named("Move them")).click();
      assertThat(page.getByText("80 records waiting")).isVisible();
      assertThat(ports.log().groups().committed("readers")).isEqualTo(Map.of(ZERO, 0L, ONE, 0L));
    }
  }

  @Test
  void saysWhyPositionsCannotBeMovedNow() {
    join();
    try (Page page = browser.open(Api.uri("/ui/groups/readers"))) {
      page.getByRole(AriaRole.BUTTON, named("Move positions")).click();
      page.getByRole(AriaRole.BUTTON, named("Show what would change")).click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Stop its consumers first");
      assertThat(page.getByRole(AriaRole.BUTTON, named("Move them"))).isDisabled();
    }
  }

  @Test
  void deletesAGroupOnceItsNameIsTyped() {
    try (Page page = browser.open(Api.uri("/ui/groups/idle"))) {
      page.getByRole(AriaRole.BUTTON, named("Delete")).click();
      page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.TEXTBOX).fill("idle");
      page.getByRole(AriaRole.BUTTON, named("Delete the group")).click();
      assertThat(page).hasURL(Api.uri("/ui/groups").toString());
      assertThat(ports.log().groups().list()).doesNotContain("idle");
    }
  }

  private void join() {
    ports
        .log()
        .join(
            "readers", List.of(new Member("m-1", null, "reader", "10.0.0.1", List.of(ZERO, ONE))));
  }

  private static Locator row(Page page, String text) {
    return page.locator("tr", new Page.LocatorOptions().setHasText(text));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
