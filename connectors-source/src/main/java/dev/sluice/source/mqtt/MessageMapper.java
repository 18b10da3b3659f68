package dev.sluice.source.mqtt;

import dev.sluice.connector.Header;
import dev.sluice.connector.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns messages into records. Not thread-safe: belongs to the task's thread. */
final class MessageMapper {

  private static final int REMEMBERED_TOPICS = 1024;

  /** What records of the same topic share; the topic used longest ago is forgotten. */
  private final Map<String, Shared> shared =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shared> eldest) {
          return size() > REMEMBERED_TOPICS;
        }
      };

  private record Shared(Map<String, String> attributes, List<Header> headers) {}

  /** The payload as it is, with the topic in a header and in attributes. */
  SourceRecord record(Message message) {
    Shared common = shared.computeIfAbsent(message.topic(), MessageMapper::ofTopic);
    List<Header> headers = common.headers();
    if (message.retained() || !message.properties().isEmpty()) {
      headers = new ArrayList<>(headers);
      if (message.retained()) {
        headers.add(Header.of("mqtt.retained", "true"));
      }
      headers.addAll(message.properties());
    }
    return new SourceRecord(null, null, message.payload(), headers, common.attributes());
  }

  private static Shared ofTopic(String topic) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("mqtt.topic", topic);
    String[] levels = topic.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      attributes.put("mqtt.topic." + (i + 1), levels[i]);
    }
    return new Shared(Map.copyOf(attributes), List.of(Header.of("mqtt.topic", topic)));
  }
}
