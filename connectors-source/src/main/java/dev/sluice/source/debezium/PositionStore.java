package dev.sluice.source.debezium;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The engine's offset store: it starts with the positions that are durable in the gateway's log,
 * and is told by the engine of later ones only after the runtime has made them durable, so that
 * what is read from it may be confirmed to the database. Nothing is written from here.
 *
 * <p>The engine makes its store by reflection and gives it strings only, so a task leaves its
 * positions under a random id and removes them when it closes. Thread-safe.
 *
 * <p>Keys and values are Kafka Connect's: a key is the JSON array of the engine's name and the
 * source partition, a value the JSON object of the offset.
 */
public final class PositionStore implements OffsetBackingStore {

  /** The engine property that holds the id. */
  static final String ID_PROPERTY = "sluice.positions";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Map<Map<String, Object>, byte[]>> STORES =
      new ConcurrentHashMap<>();

  private Map<Map<String, Object>, byte[]> offsets = new ConcurrentHashMap<>();

  /** For the engine, which calls {@link #configure} next. */
  public PositionStore() {}

  /**
   * Leaves positions for an engine that is about to start.
   *
   * @return the id under which the engine finds them, to be given to {@link #remove} in the end
   */
  static String leave(Collection<SourcePosition> positions) {
    Map<Map<String, Object>, byte[]> offsets = new ConcurrentHashMap<>();
    for (SourcePosition position : positions) {
      Map<String, Object> offset = position.offset();
      if (offset != null) {
        offsets.put(position.partition(), bytes(offset));
      }
    }
    String id = UUID.randomUUID().toString();
    STORES.put(id, offsets);
    return id;
  }

  static void remove(String id) {
    STORES.remove(id);
  }

  @Override
  public void configure(WorkerConfig config) {
    Map<Map<String, Object>, byte[]> left =
        STORES.get(String.valueOf(config.originals().get(ID_PROPERTY)));
    if (left == null) {
      throw new IllegalStateException("No positions were left for this engine, or it was closed.");
    }
    offsets = left;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
    for (ByteBuffer key : keys) {
      byte[] offset = offsets.get(partition(key));
      if (offset != null) {
        found.put(key, ByteBuffer.wrap(offset));
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, @Nullable Callback<Void> callback) {
    values.forEach(
        (key, value) -> {
          if (value == null) {
            offsets.remove(partition(key));
          } else {
            offsets.put(partition(key), copy(value));
          }
        });
    if (callback != null) {
      callback.onCompletion(null, null);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.copyOf(offsets.keySet());
  }

  private static Map<String, Object> partition(ByteBuffer key) {
    try {
      List<Object> parts = JSON.readValue(copy(key), new TypeReference<>() {});
      return JSON.convertValue(parts.get(1), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Not a source partition: " + StandardCharsets.UTF_8.decode(key.duplicate()), e);
    }
  }

  private static byte[] bytes(Map<String, Object> offset) {
    try {
      return JSON.writeValueAsBytes(offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
