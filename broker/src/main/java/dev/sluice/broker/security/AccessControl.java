package dev.sluice.broker.security;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/** Decides who may do what. Thread-safe; never blocks. */
public interface AccessControl {

  /** Everyone may do everything: how it is until a user is defined. */
  AccessControl OPEN = (who, operation, type, name) -> true;

  /** Whether a client may do something with a resource that goes by an exact name. */
  boolean allows(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name);

  /** The same question without a denial in the log: where the answer only selects what is shown. */
  default boolean wouldAllow(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    return allows(who, operation, type, name);
  }

  /** Whether a client may do something with at least one resource of a type. */
  default boolean allowsAny(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type) {
    return allows(who, operation, type, "*");
  }

  /**
   * Whether a topic is out of reach for a client even if it may create and delete topics of any
   * name in the cluster.
   */
  default boolean isReserved(AuthorizableRequestContext who, String topic) {
    return false;
  }
}
