package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.ThisNode;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.resource.ResourceType;

/** Who may see and change the settings of what. */
final class ConfigAccess {

  private ConfigAccess() {}

  /**
   * Refuses a client that may not do something with the settings of a resource.
   *
   * @param operation DESCRIBE_CONFIGS or ALTER_CONFIGS
   */
  static void require(Call call, AclOperation operation, ConfigResource resource) {
    switch (resource.type()) {
      case BROKER, BROKER_LOGGER, CLIENT_METRICS -> call.requireCluster(operation);
      case TOPIC -> call.require(operation, ResourceType.TOPIC, resource.name());
      case GROUP -> call.require(operation, ResourceType.GROUP, resource.name());
      case UNKNOWN -> throw new InvalidRequestException("Resources of this type have no settings.");
    }
  }

  /** Refuses any broker but this one. */
  static void requireThisBroker(String id) {
    if (!id.equals(Integer.toString(ThisNode.ID))) {
      throw new InvalidRequestException(
          "There is one broker, with id " + ThisNode.ID + "; not '" + id + "'.");
    }
  }

  /** Refuses a group without a name. */
  static void requireGroup(String name) {
    if (name.isEmpty()) {
      throw new InvalidRequestException("A group's settings need the group's name.");
    }
  }
}
