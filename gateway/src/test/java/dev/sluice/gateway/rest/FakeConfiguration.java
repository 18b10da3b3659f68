package dev.sluice.gateway.rest;

import dev.sluice.gateway.config.ConfigEditor;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConfigSchema;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.GatewayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A configuration file in a folder of its own; applying it is only to remember it. */
public final class FakeConfiguration implements ConfigEditor.Applier {

  private static final Environment ENVIRONMENT = Environment.of(Map.of());

  private final ConfigLoader loader = new ConfigLoader(ConnectorTypes.installed());
  private final Path file;
  private final ConfigEditor editor;
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

  @Override
  public synchronized void change(BooleanSupplier change, Consumer<Optional<String>> done) {
    if (change.getAsBoolean()) {
      done.accept(takeUp());
    }
  }

  private Optional<String> takeUp() {
    return switch (loader.load(file, ENVIRONMENT)) {
      case ConfigResult.Valid valid -> {
        applied = Optional.of(valid.config());
        yield Optional.empty();
      }
      case ConfigResult.Invalid invalid -> Optional.of(invalid.problems().toString());
    };
  }
}
