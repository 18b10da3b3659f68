package dev.sluice.broker.topic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** A change of the catalog, as it stands in the metadata log: JSON with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MetadataCommand.PutTopic.class, name = "put-topic"),
  @JsonSubTypes.Type(value = MetadataCommand.RemoveTopic.class, name = "remove-topic")
})
sealed interface MetadataCommand {

  /** Creates a topic, or changes the one with this id. */
  record PutTopic(String name, UUID id, int partitions, TopicConfig config)
      implements MetadataCommand {}

  /** Removes a topic and all its records. */
  record RemoveTopic(String name, UUID id) implements MetadataCommand {}
}
