package dev.sluice.gateway.manage;

import static dev.sluice.gateway.manage.ManagedGateway.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.embedded.EmbeddedPrivateFiles;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.FaultyStorage.Loss;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crashes at every call to the disk that keeps secrets, while a connector is made and changed. */
class SecretsCrashTest {

  private static final Path DATA = Path.of("/data");
  private static final Path SECRETS = DATA.resolve("secrets");
  private static final int MORE_THAN_ALL = 100;

  @ParameterizedTest
  @EnumSource(Loss.class)
  void aDeclarationAlwaysFindsTheSecretsThatCameWithIt(Loss loss) throws Exception {
    boolean crashed = true;
    int crashes = 0;
    for (int at = 1; crashed; at++) {
      assertThat(at).isLessThan(MORE_THAN_ALL);
      FaultyStorage storage = new FaultyStorage(at);
      storage.createDirectories(DATA);
      ManagedGateway gateway =
          new ManagedGateway(new EmbeddedPrivateFiles(storage, SECRETS), Path.of("."));
      ConnectorManager manager = gateway.start();
      storage.crashAfter(at, loss);
      String acknowledged = makeAndChange(manager);
      crashed = storage.isCrashed();
      crashes += crashed ? 1 : 0;

      storage.restart(loss);
      ConnectorManager again = gateway.start();
      assertThat(left(storage)).as("half written at %s", at).noneMatch(f -> f.endsWith(".tmp"));
      String found = again.find("shop").map(SecretsCrashTest::pair).orElse("none");
      assertThat(found).as("crash at %s", at).isIn("none", "one/one", "two/two");
      assertThat(rank(found))
          .as("acknowledged before the crash at %s", at)
          .isGreaterThanOrEqualTo(rank(acknowledged));
      manager = gateway.start();
      manager.put("shop", shop("postgresql://h/three", "three"));
      assertThat(gateway.start().find("shop").map(SecretsCrashTest::pair)).contains("three/three");
    }
    assertThat(crashes).as("crashes at calls to the disk").isGreaterThan(5);
  }

  private static String makeAndChange(ConnectorManager manager) {
    String acknowledged = "none";
    try {
      manager.put("shop", shop("postgresql://h/one", "one"));
      acknowledged = "one/one";
      manager.put("shop", shop("postgresql://h/two", "two"));
      return "two/two";
    } catch (LogException crash) {
      return acknowledged;
    }
  }

  private static List<String> left(FaultyStorage storage) throws IOException {
    return storage.exists(SECRETS)
        ? storage.list(SECRETS).stream().map(Storage.Entry::name).toList()
        : List.of();
  }

  private static String pair(ConnectorSpec spec) {
    Map<String, Object> options = spec.options().values();
    String url = String.valueOf(options.get("url"));
    return url.substring(url.lastIndexOf('/') + 1) + "/" + options.get("password");
  }

  private static int rank(String pair) {
    return switch (pair) {
      case "none" -> 0;
      case "one/one" -> 1;
      default -> 2;
    };
  }
}
