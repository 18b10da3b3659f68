package dev.sluice.source.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A HiveMQ CE broker on a free port of the loopback interface, with a client that publishes. */
final class TestBroker implements AutoCloseable {

  private final int port;
  private final EmbeddedHiveMQ server;
  private final Mqtt5BlockingClient publisher;

  TestBroker(Path directory) throws Exception {
    port = freePort();
    Path configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        configuration.resolve("config.xml"),
        """
        <hivemq>
          <listeners>
            <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
          </listeners>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
          <persistence><mode>in-memory</mode></persistence>
        </hivemq>
        """
            .formatted(port));
    server =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(configuration)
            .withDataFolder(Files.createDirectories(directory.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
            .withoutLoggingBootstrap()
            .build();
    server.start().join();
    publisher =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("publisher")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    publisher.connect();
  }

  String url() {
    return "tcp://127.0.0.1:" + port;
  }

  /** Publishes with quality of service 1. */
  void publish(String topic, String payload) {
    publish(
        Mqtt5Publish.builder()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload.getBytes(StandardCharsets.UTF_8))
            .build());
  }

  void publish(Mqtt5Publish message) {
    publisher.publish(message);
  }

  void stop() {
    server.stop().join();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}
