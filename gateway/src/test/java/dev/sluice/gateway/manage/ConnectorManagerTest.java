package dev.sluice.gateway.manage;

import static dev.sluice.gateway.manage.ManagedGateway.file;
import static dev.sluice.gateway.manage.ManagedGateway.json;
import static dev.sluice.gateway.manage.ManagedGateway.shop;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Kind;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.MemoryFiles;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.rest.Views;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorManagerTest {

  @TempDir private Path folder = Path.of(".");
  private final MemoryFiles files = new MemoryFiles();

  private ManagedGateway gateway() {
    return new ManagedGateway(files, folder);
  }

  @Test
  void whatWasMadeIsThereAfterARestartWithItsSecret() {
    ManagedGateway gateway = gateway();
    gateway.start().put("shop", shop("postgresql://h/shop", "sesame"));
    ConnectorSpec spec = gateway.start().find("shop").orElseThrow();
    assertThat(spec.options().values()).containsEntry("password", "sesame");
    assertThat(spec.displayConfig().toString()).contains("${secret:shop/password}");
    assertThat(gateway.runtime.find("shop")).isPresent();
  }

  @Test
  void nothingIsChangedBeforeTheFileIsKnown() {
    ConnectorManager manager = gateway().open();
    assertThat(manager.put("shop", shop("postgresql://h/shop", "x")))
        .isInstanceOf(ChangeResult.TooEarly.class);
    assertThat(manager.remove("shop", false)).isInstanceOf(ChangeResult.TooEarly.class);
  }

  @Test
  void readersAreToldBeforeTopicsAreMadeAndAnythingRuns() {
    ManagedGateway gateway = gateway();
    gateway.log.create("orders", 1, TopicSettings.DEFAULT);
    gateway.start().put("out", json("{\"sink\": \"console\", \"topics\": [\"orders\"]}"));
    gateway.done.clear();
    gateway.start();
    assertThat(gateway.done).containsExactly("readers [out]", "topics", "run [out]");
  }

  @Test
  void whatGoesOnRunningIsWaitedForAgainWhereTopicsCouldNotBeMade() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    manager.takeUp(file(Map.of("out", Views.spec("out", Kind.SINK))), () -> {});
    gateway.done.clear();
    LogException full = new LogException(LogException.Code.DISK_FULL, "The disk is full.");
    assertThatThrownBy(
            () ->
                manager.takeUp(
                    file(Map.of()),
                    () -> {
                      throw full;
                    }))
        .isSameAs(full);
    assertThat(gateway.done).containsExactly("readers []", "readers [out]");
    assertThat(manager.find("out")).isPresent();
  }

  @Test
  void oneThatCanNotBeResolvedIsFaultyAndHarmsNoOther() {
    ManagedGateway gateway = gateway();
    gateway.log.create("orders", 1, TopicSettings.DEFAULT);
    gateway.environment.put("PASSWORD", "x");
    ConnectorManager manager = gateway.start();
    manager.put("shop", shop("postgresql://h/shop", "${env:PASSWORD}"));
    manager.put("out", json("{\"sink\": \"console\", \"topics\": [\"orders\"]}"));

    gateway.environment.clear();
    manager = gateway.start();
    ConnectorSpec shop = manager.find("shop").orElseThrow();
    assertThat(requireNonNull(shop.fault()).message())
        .isEqualTo(
            "The connector can't run as it is declared at /config/password: the environment"
                + " variable PASSWORD is not set.");
    assertThat(shop.type()).isEqualTo("postgres-cdc");
    assertThat(manager.find("out").orElseThrow().fault()).isNull();

    gateway.environment.put("PASSWORD", "x");
    manager.put("out", json("{\"sink\": \"console\", \"topics\": \"orders\"}"));
    assertThat(manager.find("shop").orElseThrow().fault())
        .as("another change looks again")
        .isNull();
  }

  @Test
  void aSinkThatCanNotBeResolvedStillCountsAsAReader() {
    ManagedGateway gateway = gateway();
    gateway.log.create("orders", 1, TopicSettings.DEFAULT);
    gateway.environment.put("N", "1");
    gateway
        .start()
        .put(
            "out",
            json("{\"sink\": \"console\", \"topics\": [\"orders\"], \"tasks\": \"${env:N}\"}"));
    gateway.environment.clear();
    ConnectorSpec spec = gateway.start().find("out").orElseThrow();
    assertThat(spec.fault()).isNotNull();
    assertThat(spec.topics()).containsExactly("orders");
  }

  @Test
  void aChangedFileIsTakenUpOnceTwoLooksAgree() throws Exception {
    Path secret = Files.writeString(folder.resolve("password"), "old");
    ConnectorManager manager = gateway().start();
    manager.put("shop", shop("postgresql://h/shop", "${file:password}"));
    manager.look();
    Path unused = Files.writeString(secret, "new");
    manager.look();
    assertThat(password(manager)).isEqualTo("old");
    manager.look();
    assertThat(password(manager)).isEqualTo("new");
  }

  @Test
  void aNameThatTheFileDeclaresIsItsOwn() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    manager.put("shop", shop("postgresql://h/shop", "sesame"));
    manager.takeUp(file(Map.of("shop", Views.spec("shop", Kind.SOURCE))), () -> {});
    assertThat(manager.put("shop", shop("postgresql://h/shop", "x")))
        .isInstanceOf(ChangeResult.InFile.class);
    assertThat(manager.remove("shop", false)).isInstanceOf(ChangeResult.InFile.class);
    assertThat(files.names()).isEmpty();
    assertThat(gateway.start().find("shop")).as("forgotten for good").isEmpty();
  }

  @Test
  void aVersionNamesTheDeclarationAndItsSecretsAlsoAfterARestart() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    assertThat(manager.version("shop")).isEmpty();
    manager.put("shop", shop("postgresql://h/shop", "sesame"));
    String version = manager.version("shop").orElseThrow();
    manager.put("shop", shop("postgresql://h/shop", "sesame"));
    assertThat(manager.version("shop")).contains(version);
    assertThat(gateway.start().version("shop")).contains(version);

    manager = gateway.start();
    manager.put("shop", shop("postgresql://h/shop", "other"));
    String another = manager.version("shop").orElseThrow();
    assertThat(another).isNotEqualTo(version);
    manager.put("shop", shop("postgresql://h/other", "other"));
    assertThat(manager.version("shop")).isPresent().get().isNotIn(version, another);
  }

  @Test
  void theSameAgainChangesNothing() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    manager.put("shop", shop("postgresql://h/shop", "sesame"));
    int records = gateway.log.all(ConnectorConfigs.TOPIC).size();
    assertThat(manager.put("shop", shop("postgresql://h/shop", "sesame")))
        .isInstanceOf(ChangeResult.Changed.class);
    assertThat(gateway.log.all(ConnectorConfigs.TOPIC)).hasSize(records);
    assertThat(gateway.eventTypes()).containsExactly("connector.created");
    assertThat(manager.create("shop", shop("postgresql://h/shop", "sesame")))
        .isInstanceOf(ChangeResult.Exists.class);
  }

  @Test
  void twoWhoChangePartsAtOnceLoseNothing() throws Exception {
    ConnectorManager manager = gateway().start();
    manager.put("shop", shop("postgresql://h/shop", "sesame"));
    Thread other =
        Thread.ofPlatform()
            .unstarted(() -> manager.change("shop", stored -> with(stored, "slot", "other")));
    ChangeResult result =
        manager.change(
            "shop",
            stored -> {
              other.start();
              return with(stored, "user", "anna");
            });
    other.join();
    assertThat(result).isInstanceOf(ChangeResult.Changed.class);
    assertThat(manager.find("shop").orElseThrow().options().values())
        .containsEntry("slot", "other")
        .containsEntry("user", "anna")
        .containsEntry("password", "sesame");
    assertThat(manager.change("none", stored -> stored)).isInstanceOf(ChangeResult.Unknown.class);
    manager.takeUp(file(Map.of("shop", Views.spec("shop", Kind.SOURCE))), () -> {});
    assertThat(manager.change("shop", stored -> stored)).isInstanceOf(ChangeResult.InFile.class);
  }

  private static ObjectNode with(ObjectNode declared, String option, String value) {
    ((ObjectNode) declared.path("config")).put(option, value);
    return declared;
  }

  @Test
  void whatCouldNotBeStoredIsAsBefore() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    manager.put("shop", shop("postgresql://old/shop", "old"));
    gateway.log.failAppends(new LogException(LogException.Code.DISK_FULL, "The disk is full."));
    assertThatThrownBy(() -> manager.put("shop", shop("postgresql://new/shop", "new")))
        .isInstanceOf(LogException.class);
    assertThat(password(manager)).isEqualTo("old");
    gateway.log.failAppends(null);
    assertThat(password(gateway.start())).isEqualTo("old");
  }

  @Test
  void afterAFailedAppendNothingIsTakenForStoredBeforeItIs() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    manager.put("shop", shop("postgresql://h/shop", "sesame"));
    failing(gateway, () -> manager.put("shop", shop("postgresql://h/shop", "new")));
    int records = gateway.log.all(ConnectorConfigs.TOPIC).size();
    for (int i = 0; i < 2; i++) {
      assertThat(manager.put("shop", shop("postgresql://h/shop", "sesame")))
          .isInstanceOf(ChangeResult.Changed.class);
      assertThat(gateway.log.all(ConnectorConfigs.TOPIC)).hasSize(records + 1);
    }
    failing(gateway, () -> manager.remove("shop", false));
    assertThat(manager.put("shop", shop("postgresql://h/shop", "sesame")))
        .isInstanceOf(ChangeResult.Changed.class);
    assertThat(gateway.log.all(ConnectorConfigs.TOPIC)).hasSize(records + 2);
  }

  @Test
  void afterAFailedAppendNothingIsTakenForGoneBeforeItIs() {
    ManagedGateway gateway = gateway();
    ConnectorManager manager = gateway.start();
    failing(gateway, () -> manager.put("shop", shop("postgresql://h/shop", "sesame")));
    int records = gateway.log.all(ConnectorConfigs.TOPIC).size();
    for (int i = 0; i < 2; i++) {
      assertThat(manager.remove("shop", false)).isInstanceOf(ChangeResult.Unknown.class);
      assertThat(gateway.log.all(ConnectorConfigs.TOPIC)).hasSize(records + 1);
    }
    assertThat(files.names()).isEmpty();
  }

  private static void failing(ManagedGateway gateway, ThrowingCallable change) {
    gateway.log.failAppends(new LogException(LogException.Code.DISK_FULL, "The disk is full."));
    assertThatThrownBy(change).isInstanceOf(LogException.class);
    gateway.log.failAppends(null);
  }

  @Test
  void secretsOfConnectorsThatAreGoneGoAtTheStart() {
    files.write("gone.secrets", "{}".getBytes(StandardCharsets.UTF_8));
    gateway().start();
    assertThat(files.names()).isEmpty();
  }

  @Test
  void damagedSecretsAreToldOfAndCanBeGivenAnew() {
    ManagedGateway gateway = gateway();
    gateway.start().put("shop", shop("postgresql://h/shop", "sesame"));
    files.write("shop.secrets", "{sesame".getBytes(StandardCharsets.UTF_8));
    ConnectorManager manager = gateway.start();
    ConnectorSpec.Fault fault = requireNonNull(manager.find("shop").orElseThrow().fault());
    assertThat(fault.toString()).contains("secrets can't be read").doesNotContain("sesame");
    assertThat(manager.put("shop", shop("postgresql://h/shop", "again")))
        .isInstanceOf(ChangeResult.Changed.class);
    assertThat(password(gateway.start())).isEqualTo("again");
  }

  private static Object password(ConnectorManager manager) {
    return requireNonNull(manager.find("shop").orElseThrow().options().values().get("password"));
  }
}
