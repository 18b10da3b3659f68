package dev.sluice.broker.security;

import dev.sluice.broker.metadata.AccessRule;
import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataLimits;
import dev.sluice.broker.metadata.MetadataState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The access rules there are, in Kafka's terms. With the first rule the server is open no more: see
 * {@link AclAccessControl}. Thread-safe; a change is durable when the method returns, and is made
 * as a whole or not at all.
 */
public final class AccessRules {

  private final ClusterMetadata metadata;

  AccessRules(ClusterMetadata metadata) {
    this.metadata = metadata;
  }

  /** Those that a filter selects, the oldest first. */
  public List<AclBinding> list(AclBindingFilter filter) {
    return metadata.state().security().rules().stream()
        .map(AccessRules::binding)
        .filter(filter::matches)
        .toList();
  }

  /**
   * Adds rules; one that is there stays as it is.
   *
   * @return those that were not there
   * @throws InvalidRequestException if one is no rule; see {@link #check}
   * @throws PolicyViolationException if there are too many
   */
  public synchronized List<AclBinding> add(Collection<AclBinding> bindings) {
    bindings.forEach(AccessRules::check);
    Set<AccessRule> added = new LinkedHashSet<>();
    bindings.forEach(binding -> added.add(rule(binding)));
    Set<AccessRule> there = metadata.state().security().rules();
    added.removeIf(there::contains);
    MetadataLimits.require(there.size() + added.size(), MetadataLimits.MAX_RULES, "access rules");
    if (!added.isEmpty()) {
      MetadataState unused =
          metadata.change(new MetadataCommand.AddAccessRules(List.copyOf(added)));
    }
    return added.stream().map(AccessRules::binding).toList();
  }

  /**
   * Removes the rules that filters select.
   *
   * @return for each filter what it selected; a rule that two select is with both
   * @throws InvalidRequestException if a filter has parts that this version doesn't know
   */
  public synchronized List<List<AclBinding>> remove(List<AclBindingFilter> filters) {
    List<List<AclBinding>> selected = new ArrayList<>(filters.size());
    Set<AccessRule> removed = new LinkedHashSet<>();
    for (AclBindingFilter filter : filters) {
      check(filter);
      List<AclBinding> bindings = list(filter);
      bindings.forEach(binding -> removed.add(rule(binding)));
      selected.add(bindings);
    }
    if (!removed.isEmpty()) {
      MetadataState unused =
          metadata.change(new MetadataCommand.RemoveAccessRules(List.copyOf(removed)));
    }
    return selected;
  }

  /**
   * Refuses what is no rule.
   *
   * @throws InvalidRequestException saying why it isn't one
   */
  public static void check(AclBinding binding) {
    ResourcePattern pattern = binding.pattern();
    AccessControlEntry entry = binding.entry();
    require(
        pattern.resourceType() != ResourceType.UNKNOWN
            && pattern.resourceType() != ResourceType.ANY,
        "Invalid resourceType " + pattern.resourceType());
    require(
        pattern.patternType() == PatternType.LITERAL
            || pattern.patternType() == PatternType.PREFIXED,
        "Invalid patternType " + pattern.patternType());
    require(
        entry.operation() != AclOperation.UNKNOWN && entry.operation() != AclOperation.ANY,
        "Invalid operation " + entry.operation());
    require(
        entry.permissionType() == AclPermissionType.ALLOW
            || entry.permissionType() == AclPermissionType.DENY,
        "Invalid permissionType " + entry.permissionType());
    require(!pattern.name().isEmpty(), "Resource name should not be empty");
    require(
        pattern.resourceType() != ResourceType.CLUSTER
            || pattern.name().equals(Resource.CLUSTER_NAME),
        "The only valid name for the CLUSTER resource is " + Resource.CLUSTER_NAME);
    require(
        entry.principal().indexOf(':') > 0,
        "The principal '" + entry.principal() + "' must be a type and a name, such as User:alice");
  }

  /**
   * Refuses a filter with parts that this version doesn't know.
   *
   * @throws InvalidRequestException saying which
   */
  public static void check(AclBindingFilter filter) {
    require(!filter.patternFilter().isUnknown(), "Unknown patternFilter.");
    require(!filter.entryFilter().isUnknown(), "Unknown entryFilter.");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new InvalidRequestException(otherwise);
    }
  }

  private static AccessRule rule(AclBinding binding) {
    return new AccessRule(
        binding.pattern().resourceType(),
        binding.pattern().name(),
        binding.pattern().patternType(),
        binding.entry().principal(),
        binding.entry().host(),
        binding.entry().operation(),
        binding.entry().permissionType());
  }

  static AclBinding binding(AccessRule rule) {
    return new AclBinding(
        new ResourcePattern(rule.resourceType(), rule.resourceName(), rule.pattern()),
        new AccessControlEntry(rule.principal(), rule.host(), rule.operation(), rule.permission()));
  }
}
