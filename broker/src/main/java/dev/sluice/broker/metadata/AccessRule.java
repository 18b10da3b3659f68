package dev.sluice.broker.metadata;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Allows or denies someone to do something, with the meaning of Kafka's access control lists. A
 * rule is there once or not at all.
 *
 * @param resourceName a name; the beginning of names if the pattern is {@code PREFIXED}; {@code *}
 *     for all if it is {@code LITERAL}
 * @param pattern {@code LITERAL} or {@code PREFIXED}
 * @param principal type and name, such as {@code User:alice}; {@code User:*} is everyone
 * @param host an IP address; {@code *} is every one
 */
public record AccessRule(
    ResourceType resourceType,
    String resourceName,
    PatternType pattern,
    String principal,
    String host,
    AclOperation operation,
    AclPermissionType permission) {}
