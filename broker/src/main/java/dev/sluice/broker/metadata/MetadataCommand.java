package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.ScramMechanism;

/** A change of the metadata, as it stands in the metadata log: JSON with a {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MetadataCommand.NameCluster.class, name = "name-cluster"),
  @JsonSubTypes.Type(value = MetadataCommand.PutTopic.class, name = "put-topic"),
  @JsonSubTypes.Type(value = MetadataCommand.RemoveTopic.class, name = "remove-topic"),
  @JsonSubTypes.Type(
      value = MetadataCommand.ReserveProducerIds.class,
      name = "reserve-producer-ids"),
  @JsonSubTypes.Type(value = MetadataCommand.PutGroupSettings.class, name = "put-group-settings"),
  @JsonSubTypes.Type(value = MetadataCommand.PutCredential.class, name = "put-credential"),
  @JsonSubTypes.Type(value = MetadataCommand.RemoveCredential.class, name = "remove-credential"),
  @JsonSubTypes.Type(value = MetadataCommand.AddAccessRules.class, name = "add-access-rules"),
  @JsonSubTypes.Type(value = MetadataCommand.RemoveAccessRules.class, name = "remove-access-rules"),
  @JsonSubTypes.Type(value = MetadataCommand.SetQuota.class, name = "set-quota")
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

  /** Changes who may come in, what they may do, or how much of it. */
  sealed interface Security extends MetadataCommand {}

  /** Gives a user a credential, in the place of an earlier one for the same mechanism. */
  record PutCredential(String user, Credential credential) implements Security {
    @Override
    public String key() {
      return "user:" + user;
    }
  }

  /** Takes a credential from a user; who has none left is no user any more. */
  record RemoveCredential(String user, ScramMechanism mechanism) implements Security {
    @Override
    public String key() {
      return "user:" + user;
    }
  }

  /** Adds access rules, all at once. */
  record AddAccessRules(List<AccessRule> rules) implements Security {
    @Override
    public String key() {
      return "access-rules";
    }
  }

  /** Removes access rules, all at once. */
  record RemoveAccessRules(List<AccessRule> rules) implements Security {
    @Override
    public String key() {
      return "access-rules";
    }
  }

  /** Sets all limits of an entity; none removes it. */
  record SetQuota(QuotaEntity entity, Map<String, Double> limits) implements Security {
    @Override
    public String key() {
      return "quota:" + entity;
    }
  }
}
