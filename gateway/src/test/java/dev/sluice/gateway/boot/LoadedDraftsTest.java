package dev.sluice.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.trial.DraftReader.Mistake;
import dev.sluice.gateway.rest.trial.DraftReader.Read;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedDraftsTest {

  @TempDir private Path folder;

  private final InMemoryLog log = new InMemoryLog();

  private Read read(String spec) throws Exception {
    LoadedDrafts drafts =
        new LoadedDrafts(
            new ConfigLoader(ConnectorTypes.installed()),
            folder,
            Environment.of(Map.of("WHERE", "plant.t")),
            log);
    return drafts.read("new-one", new ObjectMapper().readTree(spec));
  }

  @Test
  void resolvesReferencesAndFillsDefaultsIn() throws Exception {
    assertThat(
            read(
                "{\"source\": \"simulator\", \"topic\": \"${env:WHERE}\", \"config\": {\"sensors\":"
                    + " [\"a\"]}}"))
        .isInstanceOfSatisfying(
            Read.Right.class,
            right -> {
              assertThat(right.spec().name()).isEqualTo("new-one");
              assertThat(right.spec().topic()).isEqualTo("plant.t");
              assertThat(right.spec().options().asOptions().has("interval")).isTrue();
            });
  }

  @Test
  void tellsWhatIsWrongAndWhere() throws Exception {
    assertThat(
            read(
                "{\"source\": \"simulator\", \"topic\": \"t\", \"config\": {\"interval\":"
                    + " \"often\"}}"))
        .isInstanceOfSatisfying(
            Read.Wrong.class,
            wrong ->
                assertThat(wrong.mistakes())
                    .extracting(Mistake::path)
                    .contains("/config/interval"));
  }

  @Test
  void knowsTheTopicsOfTheLog() throws Exception {
    String sink = "{\"sink\": \"console\", \"topics\": [\"orders\"]}";
    assertThat(read(sink)).isInstanceOf(Read.Wrong.class);
    log.create("orders", 1, TopicSettings.DEFAULT);
    assertThat(read(sink)).isInstanceOf(Read.Right.class);
  }
}
