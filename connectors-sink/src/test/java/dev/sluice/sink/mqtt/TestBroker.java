package dev.sluice.sink.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A broker that refuses the user {@code wrong} and takes everyone else. */
final class TestBroker implements AutoCloseable {

  private final Path folder;
  private final int port;
  private EmbeddedHiveMQ broker;

  TestBroker(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    for (String name : new String[] {"conf", "data", "ext"}) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("conf/config.xml"),
        """
        <hivemq>
          <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
          <persistence><mode>in-memory</mode></persistence>
        </hivemq>
        """
            .formatted(port));
    broker = launch();
  }

  int port() {
    return port;
  }

  void stop() {
    broker.stop().join();
  }

  void startAgain() {
    broker = launch();
  }

  private EmbeddedHiveMQ launch() {
    EmbeddedHiveMQ fresh =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(folder.resolve("conf"))
            .withDataFolder(folder.resolve("data"))
            .withExtensionsFolder(folder.resolve("ext"))
            .withEmbeddedExtension(
                EmbeddedExtension.builder()
                    .withId("test-users")
                    .withName("test users")
                    .withVersion("1")
                    .withExtensionMain(new Users())
                    .build())
            .build();
    fresh.start().join();
    return fresh;
  }

  @Override
  public void close() {
    broker.stop().join();
  }

  private static final class Users implements ExtensionMain {

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
      SimpleAuthenticator authenticator =
          (auth, answer) -> {
            boolean wrong =
                auth.getConnectPacket().getUserName().filter("wrong"::equals).isPresent();
            boolean known =
                auth.getConnectPacket()
                    .getPassword()
                    .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString())
                    .filter("hunter2"::equals)
                    .isPresent();
            if (wrong && known) {
              answer.failAuthentication();
            } else {
              answer.authenticateSuccessfully();
            }
          };
      Services.securityRegistry().setAuthenticatorProvider(input2 -> authenticator);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
  }
}
