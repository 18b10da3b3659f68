package dev.sluice.broker.security;

import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/**
 * Other access rules, and some topics that clients may only read and look at, whatever those say:
 * what the program around the broker keeps there would be worth nothing if others wrote to it.
 * Super users may do everything, and so may clients that go by the id of Kafka's own tools for
 * topics of its own, {@value #ADMIN_CLIENT}: nobody does so by mistake.
 */
public final class ReadOnlyTopics implements AccessControl {

  /** What a client calls itself to write to {@code __consumer_offsets} in Kafka. */
  static final String ADMIN_CLIENT = "__admin_client";

  private final AccessControl rules;
  private final Predicate<String> topics;
  private final Set<KafkaPrincipal> superUsers;

  /**
   * Rules with an exception.
   *
   * @param rules decide on everything else, and on whether these topics may be read
   * @param topics tells by its name whether a topic may only be read
   */
  public ReadOnlyTopics(
      AccessControl rules, Predicate<String> topics, Set<KafkaPrincipal> superUsers) {
    this.rules = rules;
    this.topics = topics;
    this.superUsers = Set.copyOf(superUsers);
  }

  @Override
  public boolean allows(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    return !isRefused(who, operation, type, name) && rules.allows(who, operation, type, name);
  }

  @Override
  public boolean wouldAllow(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    return !isRefused(who, operation, type, name) && rules.wouldAllow(who, operation, type, name);
  }

  @Override
  public boolean allowsAny(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type) {
    return rules.allowsAny(who, operation, type);
  }

  @Override
  public boolean isReserved(AuthorizableRequestContext who, String topic) {
    return topics.test(topic)
        && !superUsers.contains(who.principal())
        && !ADMIN_CLIENT.equals(who.clientId());
  }

  private boolean isRefused(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    return type == ResourceType.TOPIC && !isRead(operation) && isReserved(who, name);
  }

  private static boolean isRead(AclOperation operation) {
    return switch (operation) {
      case READ, DESCRIBE, DESCRIBE_CONFIGS -> true;
      case UNKNOWN,
          ANY,
          ALL,
          WRITE,
          CREATE,
          DELETE,
          ALTER,
          CLUSTER_ACTION,
          ALTER_CONFIGS,
          IDEMPOTENT_WRITE,
          CREATE_TOKENS,
          DESCRIBE_TOKENS,
          TWO_PHASE_COMMIT ->
          false;
    };
  }
}
