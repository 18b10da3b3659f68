package dev.sluice.gateway.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.PastError;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.work.ErrorPlace;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of connectors in a browser. */
@QuarkusTest
@TestProfile(InMemoryPorts.class)
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class ConnectorPageTest {

  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  @RegisterExtension static final TestBrowser BROWSER = new TestBrowser();

  @Inject TestPorts ports;

  @BeforeEach
  void declareASinkInTrouble() {
    ports.connectors().clear();
    ports.connectors().put(Views.failed("warehouse", Kind.SINK));
    ports.log().create("orders", 1, TopicSettings.DEFAULT);
    NewRecord some = new NewRecord(1, null, new byte[] {'1'}, List.of());
    ports.log().append(ORDERS, Collections.nCopies(100, some)).join();
  }

  @AfterEach
  void forgetAll() {
    ports.connectors().clear();
    ports.log().delete("orders");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Page open(String path) {
    return BROWSER.open(Api.uri(path));
  }

  @Test
  void leadsFromTheListToTheErrorAndTheRecordThatItConcerns() {
    Page page = open("/ui/connectors?kind=sink&state=FAILED");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("warehouse")).click();
    assertThat(page.getByText("The database does not answer.")).isVisible();
    assertThat(page.getByText("3 failed attempts in a row")).isVisible();
    button(page, "Show the stack trace").click();
    assertThat(page.getByText("java.net.ConnectException: refused")).isVisible();
    TestBrowser.assertAccessible(page);

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("orders-0@60")).click();
    page.waitForURL("**/ui/topics/orders?*offset=60*");
  }

  @Test
  void showsAHostileErrorAsTextAndOnlyAsText() {
    String hostile = "<img src=x onerror=alert(1)>";
    TaskError error =
        new TaskError(
            "bad",
            "DATA",
            hostile,
            hostile,
            hostile,
            new ErrorPlace.Outside(Map.of(hostile, hostile)),
            0,
            null);
    ports
        .connectors()
        .putErrors("warehouse", List.of(new PastError(0, Views.SINCE, Views.SINCE, true, error)));
    Page page = open("/ui/connectors/warehouse?tab=errors");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("record set aside"))
        .click();
    assertThat(page.getByText(hostile).first()).isVisible();
    assertThat(page.locator("img[src=x]")).hasCount(0);
    TestBrowser.assertAccessible(page);
  }

  @Test
  void positionsAreChangedOnceTheConnectorHasStopped() {
    Page page = open("/ui/connectors/warehouse?tab=positions");
    assertThat(button(page, "Change positions…")).hasCount(0);
    button(page, "Stop the connector").click();
    page.getByLabel("New offset of orders-0").fill("40");
    assertThat(page.getByText("skips 40")).isVisible();
    TestBrowser.assertAccessible(page);
    button(page, "Change positions…").click();
    page.getByLabel("type the name").fill("warehouse");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Change"))
        .click();
    assertThat(page.getByText("The positions have been changed.")).isVisible();
    assertThat(ports.connectors().sinkPositions("warehouse")).isEqualTo(Map.of(ORDERS, 40L));
  }

  @Test
  void aPausedConnectorIsResumed() {
    Page page = open("/ui/connectors/warehouse");
    button(page, "Pause").click();
    button(page, "Resume").click();
    assertThat(button(page, "Pause")).isVisible();
    assertThat(ports.connectors().calls())
        .containsExactly(
            "target warehouse " + TargetState.PAUSED, "target warehouse " + TargetState.STARTED);
  }
}
