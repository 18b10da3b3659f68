package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Tells of changed access rules, together of those of one principal. */
final class RuleReports {

  private RuleReports() {}

  static void report(Change change, Collection<AclBinding> rules, Call call) {
    Map<String, List<String>> byPrincipal = new TreeMap<>();
    for (AclBinding rule : rules) {
      byPrincipal
          .computeIfAbsent(rule.entry().principal(), principal -> new ArrayList<>())
          .add(text(rule));
    }
    byPrincipal.forEach((principal, texts) -> call.made(change, principal, texts));
  }

  private static String text(AclBinding rule) {
    ResourcePattern pattern = rule.pattern();
    AccessControlEntry entry = rule.entry();
    return entry.permissionType()
        + " "
        + entry.operation()
        + " on "
        + pattern.resourceType()
        + " "
        + pattern.name()
        + (pattern.patternType() == PatternType.PREFIXED ? "…" : "")
        + " from host "
        + entry.host();
  }
}
