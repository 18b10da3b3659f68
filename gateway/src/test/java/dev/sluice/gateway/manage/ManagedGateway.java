package dev.sluice.gateway.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Drafts;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.PrivateFiles;
import dev.sluice.gateway.rest.FakeConnectors;
import dev.sluice.gateway.rest.TestPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A manager on a log in memory; {@link #start} is a start of the process on what is there. */
final class ManagedGateway {

  private static final ConfigLoader LOADER = new ConfigLoader(ConnectorTypes.installed());

  final InMemoryLog log = new InMemoryLog();
  final Map<String, String> environment = new HashMap<>();
  final List<Event> events = new ArrayList<>();

  /** What was told and done, in order. */
  final List<String> done = new ArrayList<>();

  private final PrivateFiles files;
  private final Path folder;
  FakeConnectors runtime = new FakeConnectors();

  ManagedGateway(PrivateFiles files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /** A manager that has not taken up the file yet. */
  ConnectorManager open() {
    runtime =
        new FakeConnectors() {
          @Override
          public synchronized void apply(Map<String, ConnectorSpec> specs) {
            done.add("run " + specs.keySet());
            super.apply(specs);
          }
        };
    return ConnectorManager.open(
        new Drafts(LOADER, folder, Environment.of(environment), folder),
        log,
        log,
        files,
        runtime,
        specs -> done.add("readers " + specs.stream().map(ConnectorSpec::name).toList()),
        events::add,
        Clock.systemUTC());
  }

  /** A manager that runs, with a file that declares nothing. */
  ConnectorManager start() {
    ConnectorManager manager = open();
    manager.takeUp(file(Map.of()), () -> done.add("topics"));
    return manager;
  }

  static GatewayConfig file(Map<String, ConnectorSpec> connectors) {
    return TestPorts.config(connectors);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException wrong) {
      throw new UncheckedIOException(text, wrong);
    }
  }

  /** A source with a password. */
  static JsonNode shop(String url, String password) {
    return json(
        """
        {"source": "postgres-cdc", "topic": "shop.{table}",
         "config": {"url": "%s", "user": "sluice", "password": "%s"}}
        """
            .formatted(url, password));
  }

  List<String> eventTypes() {
    return events.stream().map(Event::type).toList();
  }
}
