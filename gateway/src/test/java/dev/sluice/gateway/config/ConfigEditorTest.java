package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.config.ConfigEditor.Written;
import dev.sluice.gateway.log.TopicDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEditorTest {

  private static final Environment ENVIRONMENT = Environment.of(Map.of());
  private static final Map<String, String> CHANGED =
      Map.of(
          "a.yaml", "topics: {a: {partitions: 2}}\n", "b.yaml", "topics: {b: {partitions: 2}}\n");

  /** Two files are written and given their rights, then the first is moved. */
  private static final int UNTIL_THE_FIRST_MOVE = 4;

  @TempDir private Path folder = Path.of(".");
  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);
  private final Remembering applier = new Remembering();

  @BeforeEach
  void write() throws IOException {
    Path a = Files.writeString(folder.resolve("a.yaml"), "topics: {a: {}}\n");
    Path b = Files.writeString(folder.resolve("b.yaml"), "topics: {b: {}}\n");
    assertThat(List.of(a, b)).allMatch(Files::exists);
  }

  @Test
  void whatIsPartlyWrittenIsTakenUpAndToldOf() throws IOException {
    applier.failure = Optional.of("the reason");
    assertThat(write(UNTIL_THE_FIRST_MOVE + 2))
        .isEqualTo(
            new Written.Partly(
                List.of("a.yaml"), List.of("b.yaml"), "no space left", Optional.of("the reason")));
    assertThat(applier.applied).as("times applied").isEqualTo(1);
  }

  @Test
  void whatMayNotBeDurableIsTakenUpAndToldOf() throws IOException {
    assertThat(write(UNTIL_THE_FIRST_MOVE + 3))
        .isEqualTo(
            new Written.Partly(
                List.of("a.yaml", "b.yaml"), List.of(), "no space left", Optional.empty()));
    assertThat(applier.applied).as("times applied").isEqualTo(1);
  }

  @Test
  void whatIsNotWrittenAtAllIsNotTakenUp() {
    assertThatThrownBy(() -> write(UNTIL_THE_FIRST_MOVE)).hasMessage("no space left");
    assertThat(applier.applied).as("times applied").isZero();
  }

  private Written write(int callsToTheDisk) throws IOException {
    ConfigSources sources =
        new ConfigSources(loader, folder, ENVIRONMENT, new FailingDisk(callsToTheDisk));
    return new ConfigEditor(sources, applier).write(sources.list().version(), CHANGED);
  }

  private static final class Remembering implements ConfigEditor.Applier {

    private Optional<String> failure = Optional.empty();
    private int applied;

    @Override
    public Optional<GatewayConfig> applied() {
      return Optional.empty();
    }

    @Override
    public Map<String, ConnectorSpec> madeOverHttp() {
      return Map.of();
    }

    @Override
    public Map<String, TopicDescription> topicsNow() {
      return Map.of();
    }

    @Override
    public void change(BooleanSupplier change, Consumer<Optional<String>> done) {
      if (change.getAsBoolean()) {
        applied++;
        done.accept(failure);
      }
    }
  }
}
