package dev.sluice.broker.front;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Struct;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * Requests of any API and version that are well-formed by Kafka's own schemas. Their values are
 * mostly such that something is there: a topic, a group; times are short.
 */
final class RequestGenerator {

  static final String TOPIC = "fuzz";

  private static final List<String> NAMES =
      List.of(TOPIC, TOPIC, TOPIC, "group", "1", "", "other", "a b/c", "x".repeat(300), "*");
  private static final int[] INTS = {0, 0, 0, 1, 1, 2, 3, -1, -2, 100, 65_536};
  private static final long[] LONGS = {0, 0, 1, 2, -1, -2, -3, -4, -5, 1_000, Long.MAX_VALUE};

  private final Random random;
  private final Uuid topicId;

  RequestGenerator(Random random, Uuid topicId) {
    this.random = random;
    this.topicId = topicId;
  }

  /** A request with its header, without the size in front. */
  byte[] request(ApiKeys api, short version) {
    Schema schema = api.messageType.requestSchemas()[version];
    Struct body = struct(schema);
    ByteBuffer bytes = ByteBuffer.allocate(schema.sizeOf(body));
    schema.write(bytes, body);
    ByteBuffer header = header(new RequestHeader(api, version, "fuzz", random.nextInt()));
    return ByteBuffer.allocate(header.remaining() + bytes.position())
        .put(header)
        .put(bytes.flip())
        .array();
  }

  private static ByteBuffer header(RequestHeader header) {
    ObjectSerializationCache cache = new ObjectSerializationCache();
    ByteBuffer bytes = ByteBuffer.allocate(header.data().size(cache, header.headerVersion()));
    header.data().write(new ByteBufferAccessor(bytes), cache, header.headerVersion());
    return bytes.flip();
  }

  private Struct struct(Schema schema) {
    Struct struct = new Struct(schema);
    for (BoundField field : schema.fields()) {
      struct.set(field, value(field.def.name, field.def.type));
    }
    return struct;
  }

  private @Nullable Object value(String name, Type type) {
    if (type.isNullable() && random.nextInt(8) == 0) {
      return null;
    }
    if (type instanceof Schema nested) {
      return struct(nested);
    }
    if (type instanceof TaggedFields tagged) {
      return tags(tagged);
    }
    if (type.isArray()) {
      @Nullable Object[] elements =
          new @Nullable Object[random.nextInt(10) == 0 ? 20 : random.nextInt(3)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = value(name, type.arrayElementType().orElseThrow());
      }
      return elements;
    }
    return simple(name.toLowerCase(Locale.ROOT), type.toString());
  }

  private NavigableMap<Integer, Object> tags(TaggedFields type) {
    NavigableMap<Integer, Object> tags = new TreeMap<>();
    type.fields()
        .forEach(
            (tag, field) -> {
              Object value = random.nextBoolean() ? value(field.name, field.type) : null;
              if (value != null) {
                Object unused = tags.put(tag, value);
              }
            });
    return Collections.unmodifiableNavigableMap(tags);
  }

  private Object simple(String name, String type) {
    return switch (type.replace("COMPACT_", "").replace("NULLABLE_", "")) {
      case "BOOLEAN" -> random.nextBoolean();
      case "INT8" -> (byte) INTS[random.nextInt(INTS.length - 1)];
      case "INT16" -> (short) INTS[random.nextInt(INTS.length)];
      case "UINT16" -> random.nextInt(1 << 16);
      case "UINT32" -> (long) random.nextInt(Integer.MAX_VALUE);
      case "INT32" -> isTime(name) ? random.nextInt(10) : INTS[random.nextInt(INTS.length)];
      case "INT64" -> LONGS[random.nextInt(LONGS.length)];
      case "FLOAT64" -> random.nextBoolean() ? random.nextDouble() * 1_000 : Double.NaN;
      case "STRING" -> NAMES.get(random.nextInt(NAMES.size()));
      case "BYTES" -> ByteBuffer.wrap(bytes());
      case "UUID" -> random.nextInt(4) == 0 ? Uuid.randomUuid() : topicId;
      case "RECORDS" -> records();
      default -> throw new IllegalStateException("No value is known of type " + type);
    };
  }

  private static boolean isTime(String name) {
    return name.endsWith("_ms") || name.contains("wait") || name.contains("timeout");
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    return bytes;
  }

  private MemoryRecords records() {
    return random.nextInt(10) == 0
        ? MemoryRecords.EMPTY
        : MemoryRecords.withRecords(
            Compression.NONE,
            new SimpleRecord(1_000, "key".getBytes(), bytes()),
            new SimpleRecord(1_001, null, bytes()));
  }
}
