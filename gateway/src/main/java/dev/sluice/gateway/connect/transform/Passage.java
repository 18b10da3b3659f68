package dev.sluice.gateway.connect.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connector.Header;
import dev.sluice.gateway.connect.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way through templates and transforms. Decodes its value at most once for each
 * form that is asked for. Belongs to one thread.
 */
public final class Passage {

  /**
   * Where a record was read from.
   *
   * @param topic its topic
   * @param partition its partition
   * @param offset its offset
   */
  public record Origin(String topic, int partition, long offset) {}

  private final @Nullable Origin origin;
  private final long timestampMillis;
  private final List<Header> headers;
  private final Map<String, String> attributes;
  private @Nullable Object key;
  private @Nullable Object value;
  private @Nullable String topic;
  private @Nullable Object plain;
  private @Nullable JsonNode tree;

  private Passage(
      @Nullable Origin origin,
      long timestampMillis,
      List<Header> headers,
      Map<String, String> attributes) {
    this.origin = origin;
    this.timestampMillis = timestampMillis;
    this.headers = headers;
    this.attributes = attributes;
  }

  /** A record that comes from a source. */
  public static Passage in(
      long timestampMillis, List<Header> headers, Map<String, String> attributes) {
    return new Passage(null, timestampMillis, headers, attributes);
  }

  /** A record that comes from a topic. */
  public static Passage out(Origin origin, long timestampMillis, List<Header> headers) {
    return new Passage(origin, timestampMillis, headers, Map.of());
  }

  /** Sets key and value, either bytes or objects. */
  public Passage with(@Nullable Object newKey, @Nullable Object newValue) {
    key = newKey;
    setValue(newValue);
    return this;
  }

  public @Nullable Object key() {
    return key;
  }

  /** The value as it was set. */
  public @Nullable Object value() {
    return value;
  }

  /** The topic that a transform chose, or null. */
  public @Nullable String topic() {
    return topic;
  }

  public List<Header> headers() {
    return headers;
  }

  public long timestampMillis() {
    return timestampMillis;
  }

  @Nullable Origin origin() {
    return origin;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  void setKey(@Nullable Object newKey) {
    key = newKey;
  }

  void setValue(@Nullable Object newValue) {
    value = newValue;
    plain = null;
    tree = null;
  }

  void setTopic(String newTopic) {
    topic = newTopic;
  }

  /** The value as maps, lists, text and numbers. */
  @Nullable Object plainValue() {
    if (plain == null) {
      plain = Values.plain(value);
    }
    return plain;
  }

  /** The value as a tree. */
  JsonNode treeValue() {
    if (tree == null) {
      tree = value instanceof byte[] bytes ? Values.decodeTree(bytes) : Values.tree(plainValue());
    }
    return tree;
  }
}
