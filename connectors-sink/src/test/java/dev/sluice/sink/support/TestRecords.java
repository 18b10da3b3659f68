package dev.sluice.sink.support;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.connector.Header;
import dev.sluice.connector.SinkRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as the runtime makes them: decoded as {@link SinkRecord#value()} promises. */
public final class TestRecords {

  private static final JsonMapper JSON =
      JsonMapper.builder(new JsonFactory())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String topic;
  private final int partition;
  private long nextOffset;

  private TestRecords(String topic, int partition) {
    this.topic = topic;
    this.partition = partition;
  }

  /** Records of partition 0, from offset 0. */
  public static TestRecords of(String topic) {
    return new TestRecords(topic, 0);
  }

  /** Records of a partition, from offset 0. */
  public static TestRecords of(String topic, int partition) {
    return new TestRecords(topic, partition);
  }

  /** The next record, of texts that may be JSON. */
  public SinkRecord next(@Nullable String key, @Nullable String value) {
    return next(
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        List.of());
  }

  /** The next record. */
  public SinkRecord next(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    long offset = nextOffset++;
    return new SinkRecord(
        topic,
        partition,
        offset,
        1_700_000_000_000L + offset,
        key,
        value,
        headers,
        TestRecords::decode);
  }

  /** One record. */
  public static SinkRecord at(
      String topic, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    return new SinkRecord(
        topic, 0, offset, 1_700_000_000_000L, key, value, List.of(), TestRecords::decode);
  }

  private static @Nullable Object decode(byte[] bytes) {
    try {
      Object json = JSON.readValue(bytes, Object.class);
      if (!(json instanceof String)) {
        return json;
      }
    } catch (IOException notJson) {
      // Text or bytes, then.
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return bytes;
    }
  }
}
