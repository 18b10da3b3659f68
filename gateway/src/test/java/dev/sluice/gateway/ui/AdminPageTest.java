package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Api;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import dev.sluice.gateway.rest.Views;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The admin page in Debian's Chromium, which must be installed (CI does). Screenshots of every
 * width and colour scheme are left in {@code target/screenshots}.
 */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class AdminPageTest {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final List<String> TOPICS =
      List.of(
          "shop.orders", "plant.temperatures", "a.topic-with-a-name." + "that-is-long-".repeat(8));

  @Inject TestPorts ports;

  @BeforeEach
  @AfterEach
  void forgetAll() {
    ports.connectors().clear();
    ports.log().list().forEach(topic -> ports.log().delete(topic.name()));
  }

  @Test
  void showsPipelinesAsTheyAppearAndSaysWhenTheGatewayIsGone() {
    browser.expect("net::ERR_FAILED");
    try (Page page = open("/")) {
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("Live");
      assertThat(page.getByText("No connectors yet")).isVisible();
      ports.connectors().put(Views.failed("warehouse", Kind.SINK));
      assertThat(page.getByText("The database does not answer.")).isVisible();
      assertThat(page.locator("[aria-label=Pipelines]").getByText("warehouse")).isVisible();

      page.route("**/api/v1/overview/stream", Route::abort);
      page.reload();
      assertThat(page.getByText("The connection to the gateway is lost.")).isVisible();
      page.unroute("**/api/v1/overview/stream");
      assertThat(page.getByRole(AriaRole.STATUS)).hasText("Live");
    }
  }

  @Test
  void findsTopicsByNameAndKeepsWhatWasSearchedInTheAddress() {
    TOPICS.forEach(topic -> ports.log().create(topic, 6, TopicSettings.DEFAULT));
    NewRecord record = new NewRecord(1, null, new byte[10], List.of());
    ports.log().append(new TopicPartition("shop.orders", 0), List.of(record, record)).join();
    try (Page page = open("/")) {
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Topics")).click();
      page.getByRole(AriaRole.SEARCHBOX).fill("shop");
      assertThat(page.getByText("plant.temperatures")).isHidden();
      assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("shop.orders")))
          .containsText("2");
      page.reload();
      assertThat(page.getByText("shop.orders")).isVisible();
      assertThat(page.getByText("plant.temperatures")).isHidden();
      page.goBack();
      assertThat(page.getByText("Needs attention")).isVisible();
    }
  }

  @Test
  void showsRecordsAsTextWhateverTheyContain() {
    String hostile = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
    byte[] bytes = hostile.getBytes(UTF_8);
    ports.log().create("hostile", 1, TopicSettings.DEFAULT);
    NewRecord record = new NewRecord(1, bytes, bytes, List.of(new Header(hostile, bytes)));
    ports.log().append(new TopicPartition("hostile", 0), List.of(record)).join();
    try (Page page = open("/ui/topics/hostile")) {
      assertThat(page.locator("td", new Page.LocatorOptions().setHasText("<script>")).first())
          .isVisible();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show the record 0:0"))
          .click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText(hostile);
      assertThat(page.locator("img[src=x], main script")).hasCount(0);
      assertThat(page).hasTitle("hostile · Sluice");
    }
  }

  @Test
  void showsRecordsAsTheyComeAndPauses() {
    ports.log().create("live", 1, TopicSettings.DEFAULT);
    TopicPartition live = new TopicPartition("live", 0);
    try (Page page = open("/ui/topics/live?start=live")) {
      assertThat(page.getByText("Waiting for records")).isVisible();
      append(live, "first");
      assertThat(page.getByText("first")).isVisible();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
      append(live, "while paused");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Go on")).click();
      assertThat(page.getByText("while paused")).isVisible();
    }
  }

  private void append(TopicPartition target, String value) {
    NewRecord record = new NewRecord(1, null, value.getBytes(UTF_8), List.of());
    ports.log().append(target, List.of(record)).join();
  }

  private static Page open(String path) {
    return browser.open(Api.uri(path));
  }
}
