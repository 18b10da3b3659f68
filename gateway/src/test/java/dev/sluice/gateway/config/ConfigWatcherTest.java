package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.config.ConfigResult.Invalid;
import dev.sluice.gateway.config.ConfigResult.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {

  private static final Environment ENVIRONMENT = Environment.of(Map.of());

  @TempDir Path folder;

  private final ConfigLoader loader = new ConfigLoader(TestTypes.ALL);
  private final List<ConfigResult> noticed = new ArrayList<>();

  @Test
  void aChangeIsNoticedOnceItHasSettled() throws IOException {
    Path file = write("gateway.yaml", "topics: {orders: {}}");
    ConfigWatcher watcher = watch(file);
    watcher.look();
    write("gateway.yaml", "topics: {orders: {}, cust");
    watcher.look();
    write("gateway.yaml", "topics: {orders: {}, customers: {}}");
    watcher.look();
    assertThat(noticed).isEmpty();
    watcher.look();
    watcher.look();
    assertThat(noticed).singleElement().isInstanceOf(Valid.class);
    assertThat(((Valid) noticed.getFirst()).config().topics())
        .containsOnlyKeys("orders", "customers");
  }

  @Test
  void aTouchIsNoChange() throws IOException {
    Path file = write("gateway.yaml", "topics: {orders: {}}");
    ConfigWatcher watcher = watch(file);
    FileTime unused = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(unused.toMillis() + 60_000));
    settle(watcher);
    assertThat(noticed).isEmpty();
  }

  @Test
  void anInvalidVersionIsReportedOnceAndTheNextIsReadAgain() throws IOException {
    Path file = write("gateway.yaml", "topics: {orders: {}}");
    ConfigWatcher watcher = watch(file);
    write("gateway.yaml", "topics: {orders: {partitions: none}}");
    settle(watcher);
    settle(watcher);
    assertThat(noticed).singleElement().isInstanceOf(Invalid.class);
    write("gateway.yaml", "topics: {orders: {partitions: 2}}");
    settle(watcher);
    assertThat(noticed).hasSize(2).last().isInstanceOf(Valid.class);
  }

  @Test
  void filesThatComeAndGoInADirectoryAreNoticed() throws IOException {
    write("a.yaml", "topics: {a: {}}");
    ConfigWatcher watcher = watch(folder);
    write("b.yaml", "topics: {b: {}}");
    settle(watcher);
    Files.delete(folder.resolve("a.yaml"));
    settle(watcher);
    assertThat(noticed)
        .extracting(result -> ((Valid) result).config().topics().keySet().toString())
        .containsExactly("[a, b]", "[b]");
    settle(watcher);
    assertThat(noticed).hasSize(2);
  }

  @Test
  void aMissingSecretFileThatAppearsMakesTheConfigurationValid() throws IOException {
    Path file =
        write(
            "gateway.yaml",
            """
            connectors:
              shop:
                source: postgres-cdc
                topic: shop
                config: {url: x, password: "${file:secret}"}
            """);
    ConfigWatcher watcher = watch(file);
    settle(watcher);
    assertThat(noticed).isEmpty();
    write("secret", "sesame\n");
    settle(watcher);
    assertThat(noticed).singleElement().isInstanceOf(Valid.class);
    Files.delete(folder.resolve("secret"));
    settle(watcher);
    assertThat(noticed).hasSize(2).last().isInstanceOf(Invalid.class);
  }

  @Test
  void aLookThatFailsIsNotTheLast() throws Exception {
    Path file = write("gateway.yaml", "topics: {orders: {}}");
    BlockingQueue<ConfigResult> seen = new LinkedBlockingQueue<>();
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    ConfigWatcher watcher =
        new ConfigWatcher(
            loader,
            file,
            ENVIRONMENT,
            loader.load(file, ENVIRONMENT),
            result -> {
              seen.add(result);
              throw new StackOverflowError();
            });
    try (watcher) {
      watcher.start(executor);
      write("gateway.yaml", "topics: {orders: {partitions: 2}}");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isNotNull();
      write("gateway.yaml", "topics: {orders: {partitions: 3}}");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isNotNull();
    } finally {
      executor.shutdownNow();
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private ConfigWatcher watch(Path path) {
    return new ConfigWatcher(
        loader, path, ENVIRONMENT, loader.load(path, ENVIRONMENT), noticed::add);
  }

  private static void settle(ConfigWatcher watcher) {
    watcher.look();
    watcher.look();
  }
}
