package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.connector.Header;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Api;
import dev.sluice.gateway.rest.InMemoryPorts;
import dev.sluice.gateway.rest.TestPorts;
import dev.sluice.gateway.rest.Views;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics in the browser: what is in them, and what can be done with them. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class TopicsViewTest {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final TopicPartition ORDERS = new TopicPartition("shop.orders", 0);

  @Inject TestPorts ports;

  @BeforeEach
  @AfterEach
  void forgetAll() {
    ports.connectors().clear();
    ports.log().list().forEach(topic -> ports.log().delete(topic.name()));
    ports.log().groups().list().forEach(ports.log().groups()::delete);
  }

  @Test
  void createsATopicAndGoesThere() {
    Page page = open("/ui/topics");
    button(page, "New topic").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Name").fill("_mine");
    assertThat(dialog).containsText("no underscore at the beginning");
    dialog.getByLabel("Name").fill("shop.returns");
    dialog.getByLabel("Partitions").fill("3");
    button(page, "Settings").click();
    choose(page, "Retention", "Set: time, size, consumed");
    dialog.getByLabel("Time", new Locator.GetByLabelOptions().setExact(true)).fill("7 days");
    assertThat(button(page, "Create the topic")).isDisabled();
    dialog.getByLabel("Time", new Locator.GetByLabelOptions().setExact(true)).fill("7d");
    button(page, "Create the topic").click();
    assertThat(page).hasURL(Api.uri("/ui/topics/shop.returns").toString());
    assertThat(page.getByText("No records here.")).isVisible();
    TopicDescription created = ports.log().find("shop.returns").orElseThrow();
    assertThat(created.partitions()).hasSize(3);
    assertThat(created.settings().retention()).isEqualTo(new Retention(Duration.ofDays(7), null));
  }

  @Test
  void tellsWhyATopicCannotBeCreated() {
    browser.expect("409");
    ports.log().create("taken", 1, TopicSettings.DEFAULT);
    Page page = open("/ui/topics");
    button(page, "New topic").click();
    page.getByRole(AriaRole.DIALOG).getByLabel("Name").fill("taken");
    button(page, "Create the topic").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Topic 'taken' exists.");
  }

  @Test
  void ordersTopicsByAColumnAndKeepsThatInTheAddress() {
    ports.log().create("a.small", 1, TopicSettings.DEFAULT);
    ports.log().create("b.large", 12, TopicSettings.DEFAULT);
    Page page = open("/ui/topics");
    Locator first = page.locator("tbody tr a").first();
    assertThat(first).hasText("a.small");
    button(page, "Partitions").click();
    assertThat(first).hasText("b.large");
    page.reload();
    assertThat(first).hasText("b.large");
    assertThat(page.locator("th[aria-sort=descending]")).hasText("Partitions");
    button(page, "Partitions").click();
    assertThat(first).hasText("a.small");
  }

  @Test
  void findsARecordByAConditionAndDownloadsIt() throws IOException {
    orders(5_000);
    Page page = open("/ui/topics/shop.orders?start=search");
    page.getByLabel("Condition on the value").fill(".total == 4711");
    button(page, "Search").click();
    assertThat(page.getByText("1 found")).isVisible();
    assertThat(page.getByText("All has been looked at.")).isVisible();
    button(page, "Show the record 0:4711").click();
    assertThat(page.getByRole(AriaRole.DIALOG)).containsText("\"total\": 4711");
    page.keyboard().press("Escape");
    assertThat(page).hasURL(Pattern.compile("condition="));
    Download download = page.waitForDownload(() -> button(page, "Download as JSON lines").click());
    assertThat(Files.readString(download.path()).lines())
        .singleElement()
        .asString()
        .contains("\"offset\":4711", "\"total\":4711");
    page.reload();
    assertThat(page.getByText("1 found")).isVisible();
  }

  @Test
  void goesOnBehindTheLimitAndSaysWhatAConditionCannotBeToldOf() {
    orders(150);
    append("just text");
    Page page = open("/ui/topics/shop.orders?start=search&condition=.total%20%3E%3D%200");
    assertThat(page.getByText("100 found")).isVisible();
    assertThat(page.getByText("The condition says nothing about 1 record")).isVisible();
    button(page, "Go on").click();
    assertThat(page.getByText("150 found")).isVisible();
  }

  @Test
  void tellsWhatIsWrongWithACondition() {
    browser.expect("400");
    orders(1);
    Page page = open("/ui/topics/shop.orders?start=search");
    page.getByLabel("Condition on the value").fill(".total >");
    button(page, "Search").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is no jq expression");
  }

  @Test
  void stopsASearchThatNobodyWantsAnyMore() {
    orders(1);
    byte[] value = ("{\"text\":\"" + "x".repeat(1 << 20) + "\"}").getBytes(UTF_8);
    NewRecord record = new NewRecord(1, null, value, List.of());
    ports.log().append(ORDERS, Collections.nCopies(20_000, record)).join();
    Page page = open("/ui/topics/shop.orders?start=search&condition=.text%20%3D%3D%200");
    button(page, "Cancel").click();
    assertThat(page.getByText("Cancelled.")).isVisible();
    assertThat(page.getByText("Nothing found.")).isVisible();
  }

  @Test
  void writesARecordAsItWasTyped() {
    ports.log().create("shop.orders", 2, TopicSettings.DEFAULT);
    Page page = open("/ui/topics/shop.orders");
    button(page, "Write a record").click();
    Locator form = page.getByRole(AriaRole.DIALOG);
    choose(page, "Partition", "1", form);
    form.getByLabel("Key", new Locator.GetByLabelOptions().setExact(true)).fill("4711");
    Locator editor = form.locator(".cm-content");
    editor.fill("{\"id\": 12345678901234567890,}");
    assertThat(form.getByText("Line 1, column")).isVisible();
    assertThat(button(page, "Write")).isDisabled();
    editor.fill("{\"id\": 12345678901234567890}");
    button(page, "Add a header").click();
    form.getByLabel("Name of header 1").fill("trace");
    form.getByLabel("Value of header 1").fill("abc");
    button(page, "Write").click();
    assertThat(form.getByText("Written: partition 1, offset 0.")).isVisible();
    assertThat(ports.log().all("shop.orders"))
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.key()).asString(UTF_8).isEqualTo("4711");
              assertThat(stored.value())
                  .asString(UTF_8)
                  .isEqualTo("{\"id\": 12345678901234567890}");
              assertThat(stored.headers()).extracting(Header::key).containsExactly("trace");
            });
    page.keyboard().press("Escape");
    assertThat(page.locator("td").getByText("{\"id\":12345678901234567890}")).isVisible();
  }

  @Test
  void deletesRecordsUpToAnOffsetOnceTheNameIsTyped() {
    orders(10);
    Page page = open("/ui/topics/shop.orders?tab=partitions");
    button(page, "More").click();
    page.getByText("Delete records…").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Delete before offset Partition 0").fill("4");
    assertThat(dialog).containsText("4 records will be lost.");
    dialog.getByLabel("To go on, type the name").fill("shop.orders");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete records"))
        .click();
    assertThat(dialog).isHidden();
    assertThat(page.locator("tbody tr").first()).containsText("4");
    assertThat(ports.log().startOffset(ORDERS)).isEqualTo(4);
  }

  @Test
  void saysWhatGoesWithATopicBeforeItIsDeleted() {
    orders(10);
    ports.connectors().put(Views.running("warehouse", Kind.SINK));
    ports.log().groups().commit("billing", Map.of(ORDERS, 3L));
    Page page = open("/ui/topics/shop.orders");
    button(page, "More").click();
    page.getByText("Delete the topic…").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("10 records");
    assertThat(dialog).containsText("The positions of the groups billing");
    dialog.getByLabel("To go on, type the name").fill("shop.orders");
    dialog
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete the topic"))
        .click();
    assertThat(page).hasURL(Api.uri("/ui/topics").toString());
    assertThat(ports.log().find("shop.orders")).isEmpty();
  }

  @Test
  void changesSettingsAndAddsPartitions() {
    orders(1);
    Page page = open("/ui/topics/shop.orders?tab=settings");
    choose(page, "Retention", "Set: time, size, consumed");
    page.getByLabel("Size").first().fill("1GiB");
    choose(page, "Flush", "os");
    button(page, "Save").click();
    Locator question = page.getByRole(AriaRole.DIALOG);
    assertThat(question).containsText("where a partition is larger than 1GiB");
    question.getByLabel("To go on, type the name").fill("shop.orders");
    question.getByLabel("To go on, type the name").press("Enter");
    assertThat(page.getByText("The settings are changed.")).isVisible();
    assertThat(ports.log().find("shop.orders").orElseThrow().settings().retention())
        .isEqualTo(new Retention(null, 1L << 30));
    button(page, "More").click();
    page.getByText("Add partitions").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("records of most keys go to another partition");
    dialog.getByLabel("Partitions then").fill("4");
    button(page, "Add partitions").click();
    assertThat(dialog).isHidden();
    assertThat(ports.log().partitionCount("shop.orders")).isEqualTo(4);
  }

  @Test
  void showsTheGatewaysOwnTopicsAndLetsThemBe() {
    ports.log().create("_events", 1, TopicSettings.DEFAULT);
    Page page = open("/ui/topics/_events?tab=settings");
    assertThat(page.getByText("it can be read but not changed")).isVisible();
    assertThat(button(page, "Write a record")).isHidden();
    assertThat(button(page, "Save")).isHidden();
  }

  @Test
  void dialogsFitPhonesAndDesksInLightAndDarkAndAreAccessible() {
    orders(3);
    Page page = open("/ui/topics");
    button(page, "New topic").click();
    button(page, "Settings").click();
    assertThat(page.getByText("Unless set: 16MiB.")).isVisible();
    TestBrowser.assertUsableOnDesksAndPhones(page);
    page.navigate(Api.uri("/ui/topics/shop.orders").toString());
    button(page, "Write a record").click();
    assertThat(page.locator(".cm-content")).isVisible();
    TestBrowser.assertUsableOnDesksAndPhones(page);
    page.keyboard().press("Escape");
    for (String action : List.of("Delete records…", "Delete the topic…", "Add partitions")) {
      button(page, "More").click();
      page.getByText(action).click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).isVisible();
      TestBrowser.assertUsableOnDesksAndPhones(page);
      page.keyboard().press("Escape");
      assertThat(dialog).isHidden();
    }
  }

  private static Page open(String path) {
    return browser.open(Api.uri(path));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void choose(Page page, String label, String option) {
    choose(page, label, option, page.locator("body"));
  }

  private static void choose(Page page, String label, String option, Locator within) {
    within
        .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName(label).setExact(true))
        .click();
    page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(option).setExact(true))
        .click();
  }

  private void orders(int count) {
    ports.log().create("shop.orders", 1, TopicSettings.DEFAULT);
    List<NewRecord> records =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new NewRecord(
                        1_767_225_600_000L + i,
                        ("order-" + i).getBytes(UTF_8),
                        ("{\"total\":" + i + ",\"customer\":\"Ada\"}").getBytes(UTF_8),
                        List.of(new Header("trace", ("t-" + i).getBytes(UTF_8)))))
            .toList();
    ports.log().append(ORDERS, records).join();
  }

  private void append(String value) {
    NewRecord record = new NewRecord(1, null, value.getBytes(UTF_8), List.of());
    ports.log().append(ORDERS, List.of(record)).join();
  }
}
