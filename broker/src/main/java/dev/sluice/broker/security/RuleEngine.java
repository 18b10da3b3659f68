package dev.sluice.broker.security;

import dev.sluice.broker.metadata.AccessRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Decides by rules, as Kafka does: this is Kafka's own authorizer. What no rule allows is denied.
 * Questions may be asked by any thread; rules are changed by one at a time, and it is the caller
 * who has to make a change visible to other threads.
 */
final class RuleEngine {

  private final StandardAuthorizer authorizer = new StandardAuthorizer();
  private final Map<AccessRule, Uuid> ids = new HashMap<>();

  RuleEngine() {
    authorizer.withPluginMetrics(new UnmeteredPlugin());
    authorizer.completeInitialLoad();
  }

  /**
   * Makes these the rules. They are changed one by one, in such an order that nothing is allowed at
   * any moment that is allowed neither before nor after.
   */
  void use(Set<AccessRule> rules) {
    List<AccessRule> gone = ids.keySet().stream().filter(rule -> !rules.contains(rule)).toList();
    List<AccessRule> added = rules.stream().filter(rule -> !ids.containsKey(rule)).toList();
    allowing(gone).forEach(this::remove);
    denying(added).forEach(this::add);
    denying(gone).forEach(this::remove);
    allowing(added).forEach(this::add);
  }

  private static Stream<AccessRule> allowing(List<AccessRule> rules) {
    Predicate<AccessRule> allows = rule -> rule.permission() == AclPermissionType.ALLOW;
    return rules.stream().filter(allows);
  }

  private static Stream<AccessRule> denying(List<AccessRule> rules) {
    return rules.stream().filter(rule -> rule.permission() != AclPermissionType.ALLOW);
  }

  private void add(AccessRule rule) {
    Uuid id = Uuid.randomUuid();
    authorizer.addAcl(id, StandardAcl.fromAclBinding(AccessRules.binding(rule)));
    ids.put(rule, id);
  }

  private void remove(AccessRule rule) {
    Uuid id = ids.remove(rule);
    if (id != null) {
      authorizer.removeAcl(id);
    }
  }

  boolean allows(
      AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
    ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
    Action action = new Action(operation, resource, 1, false, false);
    return authorizer.authorize(who, List.of(action)).contains(AuthorizationResult.ALLOWED);
  }

  boolean allowsAny(AuthorizableRequestContext who, AclOperation operation, ResourceType type) {
    return authorizer.authorizeByResourceType(who, operation, type) == AuthorizationResult.ALLOWED;
  }
}
