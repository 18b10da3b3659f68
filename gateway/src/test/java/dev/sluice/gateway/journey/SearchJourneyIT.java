package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.KafkaClients;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One record among a million is found by what is in it. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class SearchJourneyIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final int RECORDS = 1_000_000;
  private static final int WANTED = 765_432;

  @TempDir private Path directory;

  @Test
  void oneAmongAMillionIsFoundByACondition() {
    try (SluiceProcess gateway =
        SluiceProcess.start(directory, "topics: {payments: {partitions: 2}}\n")) {
      produce(gateway);
      Page page = browser.open(gateway.uri("/ui/topics/payments?start=search"));
      page.getByLabel("Condition on the value").fill(".payment == " + WANTED + " and .open");
      long started = System.nanoTime();
      Find.button(page, "Search").click();
      assertThat(page.getByText("All has been looked at."))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
      System.out.printf(
          "One of %,d records found, and all looked at, in %d ms%n",
          RECORDS, (System.nanoTime() - started) / 1_000_000);
      assertThat(page.getByText("1 found")).isVisible();
      Find.showButtons(page, "record").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("\"payment\": " + WANTED);
      page.close();
    }
  }

  private static void produce(SluiceProcess gateway) {
    try (KafkaProducer<String, String> producer = KafkaClients.producer(gateway)) {
      for (int n = 0; n < RECORDS; n++) {
        String value =
            "{\"payment\":" + n + ",\"open\":" + (n % 8 == 0) + ",\"cents\":" + n % 9_973 + "}";
        var unused = producer.send(new ProducerRecord<>("payments", Integer.toString(n), value));
      }
    }
    gateway.await("all of them", () -> gateway.count("payments") == RECORDS);
  }
}
