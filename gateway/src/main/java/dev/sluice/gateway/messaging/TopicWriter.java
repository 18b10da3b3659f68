package dev.sluice.gateway.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Partitioner;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Appends messages to one topic, which is created with one partition when it is missing. */
final class TopicWriter {

  private final String topic;
  private final Topics topics;
  private final Records records;
  private final ObjectMapper json;
  private final Clock clock;
  private int roundRobin;

  TopicWriter(String topic, Topics topics, Records records, ObjectMapper json, Clock clock) {
    this.topic = topic;
    this.topics = topics;
    this.records = records;
    this.json = json;
    this.clock = clock;
  }

  /** Appends the message's payload; completes when it is durable. */
  synchronized CompletableFuture<Records.Appended> write(Message<?> message) {
    OutgoingRecordMetadata metadata =
        message
            .getMetadata(OutgoingRecordMetadata.class)
            .orElseGet(() -> new OutgoingRecordMetadata(null, List.of()));
    byte[] value;
    try {
      value = bytes(message.getPayload());
    } catch (JsonProcessingException notJson) {
      return CompletableFuture.failedFuture(notJson);
    }
    return records.append(
        new TopicPartition(topic, partition(metadata.key())),
        List.of(new NewRecord(clock.millis(), metadata.key(), value, metadata.headers())));
  }

  private int partition(byte @Nullable [] key) {
    int count = topics.partitionCount(topic);
    if (count == 0) {
      count = create();
    }
    return key == null ? Math.floorMod(roundRobin++, count) : Partitioner.partition(key, count);
  }

  private int create() {
    try {
      return topics.create(topic, 1, TopicSettings.DEFAULT).partitions().size();
    } catch (LogException raced) {
      if (raced.code() == LogException.Code.TOPIC_EXISTS) {
        return topics.partitionCount(topic);
      }
      throw raced;
    }
  }

  private byte @Nullable [] bytes(@Nullable Object payload) throws JsonProcessingException {
    return switch (payload) {
      case null -> null;
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> json.writeValueAsBytes(payload);
    };
  }
}
