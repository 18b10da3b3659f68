package dev.sluice.bench.kafka;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates topics on either side, as a client does. */
final class Topics {

  /** When an acknowledgement is given. */
  enum Durability {
    /** When the record is in the page cache: Kafka's default, {@code flush: os} of ours. */
    PAGE_CACHE,
    /** When it is on the disk: our default, {@code flush.messages=1} of Kafka's. */
    DISK
  }

  private Topics() {}

  static void create(
      Side side, ServerProcess server, String topic, int partitions, Durability durability)
      throws IOException, InterruptedException {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(settings(side, durability));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, server.bootstrapServers()))) {
      Void unused = admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      throw new IOException("Topic " + topic + " was not created", e);
    }
  }

  private static Map<String, String> settings(Side side, Durability durability) {
    return switch (durability) {
      case PAGE_CACHE -> side == Side.SLUICE ? Map.of("sluice.flush", "os") : Map.of();
      case DISK -> side == Side.SLUICE ? Map.of() : Map.of("flush.messages", "1");
    };
  }
}
