package dev.sluice.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.config.ConfigLoader;
import dev.sluice.gateway.config.ConfigResult;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Drafts;
import dev.sluice.gateway.config.Environment;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.config.TopicSpec;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.TestActing;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.MemoryFiles;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.manage.ChangeResult;
import dev.sluice.gateway.manage.ConnectorManager;
import dev.sluice.gateway.rest.FakeConnectors;
import dev.sluice.gateway.rest.TestPorts;
import dev.sluice.gateway.rest.Views;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconfigurationTest {

  private static final GatewayConfig BEFORE =
      TestPorts.config(Map.of("warehouse", Views.spec("warehouse", Kind.SINK)));

  private final InMemoryLog log = new InMemoryLog();
  private final FakeConnectors runtime = new FakeConnectors();
  private final List<Event> events = new ArrayList<>();
  private final ConnectorManager manager =
      ConnectorManager.open(
          new Drafts(
              new ConfigLoader(ConnectorTypes.installed()),
              Path.of("gateway.yaml"),
              Environment.of(Map.of()),
              Path.of("data")),
          log,
          log,
          new MemoryFiles(),
          runtime,
          readers -> {},
          events::add,
          Clock.systemUTC());
  private final Reconfiguration reconfiguration =
      new Reconfiguration(log, manager, events::add, TestActing.create());

  @BeforeEach
  void start() {
    reconfiguration.applyFirst(BEFORE);
  }

  private void change(GatewayConfig config) {
    reconfiguration.changed(new ConfigResult.Valid(config, Map.of()));
  }

  private String lastEvent() {
    return events.getLast().type() + ": " + events.getLast().message();
  }

  @Test
  void whatCameAboutInPartIsUndoneByTheOldFile() throws Exception {
    assertThat(
            manager.put(
                "shop",
                new ObjectMapper().readTree("{\"sink\": \"console\", \"topics\": [\"orders\"]}")))
        .isInstanceOf(ChangeResult.Created.class);
    log.failAppends(new LogException(LogException.Code.DISK_FULL, "The disk is full."));
    change(
        TestPorts.config(
            Map.of(
                "shop", Views.spec("shop", Kind.SINK), "more", Views.spec("more", Kind.SOURCE))));
    assertThat(lastEvent()).startsWith("config.rejected: ");
    assertThat(names()).as("what the failure came too late for").contains("more");

    log.failAppends(null);
    change(BEFORE);
    assertThat(lastEvent())
        .isEqualTo("config.applied: The configuration is again as it is in force.");
    assertThat(names()).containsExactly("shop", "warehouse");
  }

  private List<String> names() {
    return runtime.list().stream().map(view -> view.spec().name()).sorted().toList();
  }

  @Test
  void aTopicThatIsDeclaredAsItIsBelongsToWhatIsInForce() {
    var unused = log.create("returns", 2, TopicSettings.DEFAULT);
    Map<String, TopicSpec> topics = new HashMap<>(BEFORE.topics());
    topics.put("returns", new TopicSpec("returns", 2, TopicSettings.DEFAULT));
    GatewayConfig declared = new GatewayConfig(BEFORE.server(), topics, BEFORE.connectors());
    int told = events.size();
    change(declared);
    assertThat(reconfiguration.applied()).contains(declared);
    assertThat(events).as("nothing has happened").hasSize(told);
  }
}
