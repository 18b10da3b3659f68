package dev.sluice.gateway.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A HiveMQ CE broker on a free port of the loopback interface, with a client that publishes. */
final class MqttServer implements AutoCloseable {

  private final int port;
  private final EmbeddedHiveMQ server;
  private final Mqtt5BlockingClient publisher;

  MqttServer(Path directory) throws Exception {
    port = freePort();
    Path configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        configuration.resolve("config.xml"),
        """
        <hivemq>
          <listeners>
            <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
          </listeners>
          <mqtt><queued-messages><max-queue-size>1000000</max-queue-size></queued-messages></mqtt>
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
    var unused = publisher.connect();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String url() {
    return "tcp://127.0.0.1:" + port;
  }

  /** Publishes with quality of service 1; returns when the broker has acknowledged. */
  void publish(String topic, String payload) {
    var unused =
        publisher.publish(
            Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .build());
  }

  @Override
  public void close() throws Exception {
    publisher.disconnect();
    server.close();
  }
}
