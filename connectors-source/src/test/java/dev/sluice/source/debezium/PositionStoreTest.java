package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.junit.jupiter.api.Test;

class PositionStoreTest {

  @Test
  void startsWithThePositionsThatWereLeftForIt() throws Exception {
    String id =
        PositionStore.leave(
            List.of(
                new SourcePosition(Map.of("server", "shop", "x", 1), Map.of("lsn", 5L)),
                new SourcePosition(Map.of("server", "gone"), null)));
    PositionStore store = new PositionStore();
    store.configure(config(id));

    ByteBuffer key = bytes("[\"shop\",{\"x\":1,\"server\":\"shop\"}]");
    assertThat(store.get(List.of(key)).get()).containsEntry(key, bytes("{\"lsn\":5}"));
    ByteBuffer gone = bytes("[\"shop\",{\"server\":\"gone\"}]");
    assertThat(store.get(List.of(gone)).get()).isEmpty();
    assertThat(store.set(Map.of(key, bytes("{\"lsn\":6}")), null).get()).isNull();
    assertThat(store.get(List.of(key)).get()).containsEntry(key, bytes("{\"lsn\":6}"));
    PositionStore.remove(id);
  }

  @Test
  void nothingIsLeftAfterRemoval() {
    String id = PositionStore.leave(List.of());
    PositionStore.remove(id);
    assertThatThrownBy(() -> new PositionStore().configure(config(id)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static WorkerConfig config(String id) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", "localhost:1");
    properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    properties.put(StandaloneConfig.OFFSET_STORAGE_FILE_FILENAME_CONFIG, "none");
    properties.put(PositionStore.ID_PROPERTY, id);
    return new StandaloneConfig(properties);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
