package dev.sluice.gateway.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillMqttIT {

  private static final int SENSORS = 20;

  @TempDir private Path directory;

  private final Deliveries published = new Deliveries();
  private int number;

  @Test
  void noAcknowledgedMessageIsLostWhenTheGatewayIsKilled() throws Exception {
    try (MqttServer broker = new MqttServer(directory.resolve("broker"))) {
      KillRounds rounds =
          new KillRounds(
              directory,
              """
              topics:
                temperatures: {partitions: 3}
              connectors:
                plant:
                  source: mqtt
                  topic: temperatures
                  key: "{mqtt.topic}"
                  config: {url: "%s", subscribe: "plant/+/temperature", qos: 1, receive-maximum: 100}
              """
                  .formatted(broker.url()),
              1_500,
              200);

      rounds.run(
          (records, pace) -> publish(broker, records, rounds.random(), pace),
          gateway -> gateway.count("temperatures"));

      try (SluiceProcess gateway = rounds.start()) {
        gateway.await(
            "every message",
            () ->
                gateway.count("temperatures") >= published.size()
                    && published.missingFrom(messages(gateway)) == 0);
        Deliveries arrived = messages(gateway);
        rounds.report(
            "mqtt (QoS 1)",
            published.size(),
            published.missingFrom(arrived),
            arrived.size() - arrived.distinct());
        published.assertArrivedIn(arrived);
      }
    }
  }

  private void publish(MqttServer broker, int records, Random random, Pace pace)
      throws InterruptedException {
    for (int i = 0; i < records; i++) {
      String topic = "plant/s" + random.nextInt(SENSORS) + "/temperature";
      String payload = Integer.toString(number++);
      broker.publish(topic, payload);
      published.add(topic, payload);
      pace.fed(1);
    }
  }

  private static Deliveries messages(SluiceProcess gateway) {
    Deliveries messages = new Deliveries();
    for (JsonNode message : gateway.records("temperatures")) {
      messages.add(message.path("key").asText(), message.path("value").asText());
    }
    return messages;
  }
}
