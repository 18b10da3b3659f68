package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.process.KafkaClients;
import dev.sluice.gateway.process.SluiceProcess;
import dev.sluice.gateway.ui.TestBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Positions are set back, and records come again. */
@DisabledIfSystemProperty(named = "ui.skip", matches = "true|")
class PositionsJourneyIT {

  @RegisterExtension static final TestBrowser browser = new TestBrowser();

  private static final int RECORDS = 5;

  private static final String YAML =
      """
      topics:
        readings: {}
      connectors:
        archive:
          sink: file
          topics: [readings]
          config: {path: "${data}/archive"}
      """;

  @TempDir private Path directory;

  @Test
  void aGroupReadsAgainWhatItHadRead() {
    try (SluiceProcess gateway = started()) {
      List<String> first = read(gateway);
      Page page = browser.open(gateway.uri("/ui/groups"));
      Find.link(page, "audit").click();
      Find.button(page, "Move positions").click();
      Find.button(page, "Show what would change").click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText(RECORDS + " records are read again.");
      page.getByLabel("type the name").fill("audit");
      Find.button(page, "Move them").click();
      assertThat(page.getByText("The positions were moved.")).isVisible();
      assertThat(read(gateway)).as("what comes again").isEqualTo(first);
      page.close();
    }
  }

  @Test
  void aSinkWritesAgainWhatItHadWritten() {
    try (SluiceProcess gateway = started()) {
      gateway.await("all are written", () -> written().size() == RECORDS);
      Page page = browser.open(gateway.uri("/ui/connectors/archive?tab=positions"));
      Find.button(page, "Stop the connector").click();
      page.getByLabel("New offset of readings-0").fill("2");
      Find.button(page, "Change positions…").click();
      page.getByLabel("type the name").fill("archive");
      Find.dialogButton(page, "Change").click();
      assertThat(page.getByText("The positions have been changed.")).isVisible();
      assertThat(written()).as("what is written before it runs again").hasSize(RECORDS);
      Find.button(page, "Resume").click();
      gateway.await("the last three again", () -> written().size() == RECORDS + 3);
      assertThat(written().subList(RECORDS, RECORDS + 3)).isEqualTo(written().subList(2, RECORDS));
      page.close();
    }
  }

  private SluiceProcess started() {
    SluiceProcess gateway = SluiceProcess.start(directory, YAML);
    String records =
        IntStream.range(0, RECORDS)
            .mapToObj("{\"value\": {\"celsius\": %d}}"::formatted)
            .collect(Collectors.joining(", ", "{\"records\": [", "]}"));
    var unused = gateway.send("POST", "/api/v1/topics/readings/records", records);
    return gateway;
  }

  /** A member of the group comes, reads, says so, and leaves. */
  private static List<String> read(SluiceProcess gateway) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> member = KafkaClients.member(gateway, "audit")) {
      member.subscribe(List.of("readings"));
      gateway.await(
          "records for the group",
          () -> {
            member.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            return values.size() >= RECORDS;
          });
      member.commitSync();
    }
    return values;
  }

  /** The lines that the sink has written, file by file. */
  private List<String> written() {
    Path archive = directory.resolve("data/archive");
    if (!Files.isDirectory(archive)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(archive)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
