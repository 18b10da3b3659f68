package dev.sluice.broker.kafka;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Utils;

/** What a client may do with a resource, as clients ask for it to be listed (KIP-430). */
public final class AuthorizedOperations {

  private AuthorizedOperations() {}

  /**
   * A bit for each operation that the client may do: bit n is the operation of code n.
   *
   * @throws IllegalArgumentException if the type is not that of one resource
   */
  public static int of(Call call, ResourceType type, String name) {
    Set<Byte> codes =
        operations(type).stream()
            .filter(operation -> call.wouldAllow(operation, type, name))
            .map(AclOperation::code)
            .collect(Collectors.toSet());
    return Utils.to32BitField(codes);
  }

  private static Set<AclOperation> operations(ResourceType type) {
    return switch (type) {
      case TOPIC ->
          Set.of(
              AclOperation.READ,
              AclOperation.WRITE,
              AclOperation.CREATE,
              AclOperation.DESCRIBE,
              AclOperation.DELETE,
              AclOperation.ALTER,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS);
      case GROUP ->
          Set.of(
              AclOperation.READ,
              AclOperation.DESCRIBE,
              AclOperation.DELETE,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS);
      case CLUSTER ->
          Set.of(
              AclOperation.CREATE,
              AclOperation.CLUSTER_ACTION,
              AclOperation.DESCRIBE_CONFIGS,
              AclOperation.ALTER_CONFIGS,
              AclOperation.IDEMPOTENT_WRITE,
              AclOperation.ALTER,
              AclOperation.DESCRIBE);
      case TRANSACTIONAL_ID ->
          Set.of(AclOperation.DESCRIBE, AclOperation.WRITE, AclOperation.TWO_PHASE_COMMIT);
      case DELEGATION_TOKEN -> Set.of(AclOperation.DESCRIBE);
      case USER -> Set.of(AclOperation.CREATE_TOKENS, AclOperation.DESCRIBE_TOKENS);
      case ANY, UNKNOWN -> throw new IllegalArgumentException(type + " is no one resource's type");
    };
  }
}
