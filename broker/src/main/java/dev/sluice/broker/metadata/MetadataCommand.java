package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.UUID;

/** A change of the metadata, as it stands in the metadata log: JSON with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MetadataCommand.NameCluster.class, name = "name-cluster"),
  @JsonSubTypes.Type(value = MetadataCommand.PutTopic.class, name = "put-topic"),
  @JsonSubTypes.Type(value = MetadataCommand.RemoveTopic.class, name = "remove-topic"),
  @JsonSubTypes.Type(
      value = MetadataCommand.ReserveProducerIds.class,
      name = "reserve-producer-ids"),
  @JsonSubTypes.Type(value = MetadataCommand.PutGroupSettings.class, name = "put-group-settings")
})
public sealed interface MetadataCommand {

  /** What the command is about: a topic's name, or a word for the one thing there is. */
  String key();

  /** Gives the cluster its identity, once. */
  record NameCluster(UUID id) implements MetadataCommand {
    @Override
    public String key() {
      return "cluster";
    }
  }

  /** Creates a topic, or changes the one with this id. */
  record PutTopic(String name, UUID id, int partitions, TopicConfig config)
      implements MetadataCommand {
    @Override
    public String key() {
      return name;
    }
  }

  /** Removes a topic and all its records. */
  record RemoveTopic(String name, UUID id) implements MetadataCommand {
    @Override
    public String key() {
      return name;
    }
  }

  /** Producer ids below {@code next} have been, or may have been, given away. */
  record ReserveProducerIds(long next) implements MetadataCommand {
    @Override
    public String key() {
      return "producer-ids";
    }
  }

  /** Sets all that is set for a consumer group, by Kafka's names; nothing removes it. */
  record PutGroupSettings(String group, Map<String, String> settings) implements MetadataCommand {
    @Override
    public String key() {
      return "group:" + group;
    }
  }
}
