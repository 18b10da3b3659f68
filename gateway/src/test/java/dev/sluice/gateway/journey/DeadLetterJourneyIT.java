package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A record that its sink refuses is found among the dead letters, mended, and sent again. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class DeadLetterJourneyIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final String YAML =
      """
      topics:
        invoices: {}
      connectors:
        ledger:
          sink: jdbc
          topics: [invoices]
          config:
            url: "jdbc:h2:${data}/ledger;AUTO_SERVER=TRUE;INIT=create table if not exists \\"invoices\\" (\\"number\\" int primary key, \\"amount\\" decimal(10, 2))"
            table: invoices
            mode: upsert
            key-columns: [number]
          errors: {retries: 0, then: dead-letter}
      """;

  private static final String RECORDS =
      """
      {"records": [
        {"key": "1", "value": {"number": 1, "amount": 12.5}},
        {"key": "2", "value": {"number": 2, "amount": "to be agreed"}},
        {"key": "3", "value": {"number": 3, "amount": 7}}]}
      """;

  @TempDir private Path directory;

  @Test
  void aPoisonousRecordIsMendedAndArrives() {
    try (SluiceProcess gateway = SluiceProcess.start(directory, YAML)) {
      var unused = gateway.send("POST", "/api/v1/topics/invoices/records", RECORDS);
      gateway.await("the good ones", () -> rows().equals(List.of("1 12.50", "3 7.00")));

      Page page = browser.open(gateway.uri("/"));
      page.getByRole(AriaRole.NAVIGATION).getByText("Dead letters").click();
      Find.link(page, "ledger.dead-letters").click();
      Find.showButtons(page, "letter").click();
      Locator editor = Find.textBox(page, "Value");
      assertThat(editor).containsText("to be agreed");
      editor.click();
      page.keyboard().press("Control+a");
      page.keyboard().insertText("{\"number\": 2, \"amount\": 99.9}");
      Find.button(page, "Send the changed letter").click();
      Locator question =
          page.getByRole(
              AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Send again: 1 letter"));
      assertThat(question).isVisible();
      TestBrowser.assertAccessible(page);
      question
          .getByRole(
              AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Send again").setExact(true))
          .click();

      assertThat(page.getByText("1 done, 0 could not be")).isVisible();
      assertThat(page.getByText("No letter is open")).isVisible();
      gateway.await("all of them", () -> rows().equals(List.of("1 12.50", "2 99.90", "3 7.00")));
      assertThat(gateway.count("invoices")).as("what other readers of the topic get").isEqualTo(3);
      page.close();
    }
  }

  private List<String> rows() {
    String url = "jdbc:h2:" + directory + "/data/ledger;AUTO_SERVER=TRUE;IFEXISTS=TRUE";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select * from \"invoices\" order by \"number\"")) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getInt(1) + " " + result.getBigDecimal(2));
      }
      return rows;
    } catch (SQLException notYet) {
      return List.of();
    }
  }
}
