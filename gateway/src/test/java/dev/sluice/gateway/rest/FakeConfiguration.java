package dev.sluice.gateway.rest;

import dev.sluice.gateway.config.ConfigEditor;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConfigSchema;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A configuration file in a folder of its own; applying it is only to remember it. */
public final class FakeConfiguration implements ConfigEditor.Applier {

  private static final Environment ENVIRONMENT = Environment.of(Map.of());

  private final ConfigLoader loader = new ConfigLoader(ConnectorTypes.installed());
  private final Path file;
  private final ConfigEditor editor;
  private final Map<String, TopicDescription> topics = new HashMap<>();
  private Optional<GatewayConfig> applied = Optional.empty();

  private FakeConfiguration(Path file) {
    this.file = file;
    this.editor = new ConfigEditor(loader, file, ENVIRONMENT, this);
  }

  static FakeConfiguration inTemporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("configuration");
      FakeConfiguration made = new FakeConfiguration(folder.resolve("gateway.yaml"));
      made.reset("topics: {orders: {partitions: 6}}\n");
      return made;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes the file, and takes it for applied. */
  public synchronized void reset(String yaml) {
    try {
      Path unused = Files.writeString(file, yaml);
      Optional<String> ignored = takeUp();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public Path file() {
    return file;
  }

  ConfigEditor editor() {
    return editor;
  }

  ConfigSchema schema() {
    return loader.schema();
  }

  @Override
  public synchronized Optional<GatewayConfig> applied() {
    return applied;
  }

  @Override
  public Map<String, ConnectorSpec> madeOverHttp() {
    return Map.of("clicked", Views.spec("clicked", ConnectorSpec.Kind.SINK));
  }

  /** Takes a topic to be like this, whatever is declared. */
  public synchronized void have(TopicDescription topic) {
    topics.put(topic.name(), topic);
  }

  @Override
  public synchronized Map<String, TopicDescription> topicsNow() {
    return Map.copyOf(topics);
  }

  @Override
  public synchronized void change(BooleanSupplier change, Consumer<Optional<String>> done) {
    if (change.getAsBoolean()) {
      done.accept(takeUp());
    }
  }

  private static TopicDescription made(TopicSpec spec) {
    return new TopicDescription(
        spec.name(),
        spec.settings(),
        IntStream.range(0, spec.partitions())
            .mapToObj(partition -> new PartitionDescription(partition, 0, 0, 0, null))
            .toList());
  }

  private Optional<String> takeUp() {
    return switch (loader.load(file, ENVIRONMENT)) {
      case ConfigResult.Valid valid -> {
        applied = Optional.of(valid.config());
        topics.clear();
        valid.config().topics().values().forEach(spec -> have(made(spec)));
        yield Optional.empty();
      }
      case ConfigResult.Invalid invalid -> Optional.of(invalid.problems().toString());
    };
  }
}
