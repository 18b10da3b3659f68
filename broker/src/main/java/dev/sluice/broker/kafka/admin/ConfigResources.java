package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.config.GroupSettings;
import dev.sluice.broker.config.SettingChange;
import dev.sluice.broker.config.TopicSettingsMapping;
import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;

/**
 * What has settings that clients can change. A change is durable, and in force, when its call
 * returns; those of a group reach its coordinator through the metadata. Thread-safe: changes of one
 * topic are guarded by the catalog, those of groups by this object's monitor.
 */
final class ConfigResources {

  /** Out of what is set now, the changes to make. */
  interface Plan extends Function<Map<String, String>, List<SettingChange>> {}

  private final ClusterMetadata metadata;
  private final TopicCatalog topics;
  private final GroupSettings groups;

  ConfigResources(ClusterMetadata metadata, TopicCatalog topics, GroupSettings groups) {
    this.metadata = metadata;
    this.topics = topics;
    this.groups = groups;
  }

  /**
   * Changes settings of a resource, all or none.
   *
   * @param validateOnly only say what would be wrong
   * @throws RuntimeException why nothing was changed
   */
  void change(ConfigResource resource, Plan plan, boolean validateOnly, Call call) {
    ConfigAccess.require(call, AclOperation.ALTER_CONFIGS, resource);
    switch (resource.type()) {
      case TOPIC -> changeTopic(resource.name(), plan, validateOnly, call);
      case GROUP -> changeGroup(resource.name(), plan, validateOnly, call);
      case BROKER -> refuseAllButClearing(resource.name(), plan);
      case CLIENT_METRICS ->
          throw new InvalidRequestException("No metrics are collected from clients.");
      case BROKER_LOGGER ->
          throw new InvalidRequestException("Log levels are not managed through Kafka's protocol.");
      case UNKNOWN -> throw new InvalidRequestException("Resources of this type have no settings.");
    }
  }

  private void changeTopic(String name, Plan plan, boolean validateOnly, Call call) {
    if (validateOnly) {
      Topic unused =
          changed(topics.find(name).orElseThrow(() -> TopicException.unknown(name)), plan);
    } else {
      Topic changed = topics.update(name, before -> changed(before, plan));
      call.made(Change.TOPIC_CHANGED, changed.name());
    }
  }

  private static Topic changed(Topic before, Plan plan) {
    Map<String, String> set = TopicSettingsMapping.toKafka(before.config());
    Map<String, String> changed =
        SettingChange.apply(set, plan.apply(set), TopicSettingsMapping.settings());
    return new Topic(
        before.name(), before.id(), before.partitions(), TopicSettingsMapping.fromKafka(changed));
  }

  private synchronized void changeGroup(String name, Plan plan, boolean validateOnly, Call call) {
    ConfigAccess.requireGroup(name);
    Map<String, String> set = metadata.state().groupSettings().getOrDefault(name, Map.of());
    Map<String, String> changed = SettingChange.apply(set, plan.apply(set), groups.settings());
    groups.check(changed);
    if (!validateOnly && !changed.equals(set)) {
      MetadataState unused = metadata.change(new MetadataCommand.PutGroupSettings(name, changed));
      call.made(Change.GROUP_CHANGED, name);
    }
  }

  /** Tools clear what they may have set for the time of their work; here they never have. */
  private static void refuseAllButClearing(String id, Plan plan) {
    if (!id.isEmpty()) {
      ConfigAccess.requireThisBroker(id);
    }
    for (SettingChange change : plan.apply(Map.of())) {
      if (!(change instanceof SettingChange.Clear)) {
        throw new InvalidRequestException(
            "'"
                + change.name()
                + "' can't be changed here: the server's settings are in its configuration.");
      }
    }
  }
}
