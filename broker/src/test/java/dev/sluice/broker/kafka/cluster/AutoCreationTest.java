package dev.sluice.broker.kafka.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.LogMetrics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoCreationTest {

  private static final BrokerDefaults DEFAULTS = new BrokerDefaults(1, true, TopicConfig.FOREVER);

  @TempDir private Path directory = Path.of(".");
  private final List<String> told = new ArrayList<>();

  @Test
  void aTopicThatAnotherMadeFirstIsNotToldOfAgain() {
    try (Broker broker = Broker.open(directory, Clock.systemUTC(), LogMetrics.NONE)) {
      Topic created = creation(broker).create("orders");
      assertThat(told).containsExactly("TOPIC_CREATED orders");
      assertThat(creation(broker).create("orders")).isEqualTo(created);
      assertThat(told).hasSize(1);
    }
  }

  private AutoCreation creation(Broker broker) {
    Call call =
        Calls.heardBy(
            (change, subject, details, client) -> told.add(change + " " + subject),
            ApiKeys.METADATA);
    return new AutoCreation(broker.topics(), DEFAULTS, true, call);
  }
}
