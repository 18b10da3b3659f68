package dev.sluice.gateway.kafka;

import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.quota.QuotaLimits;
import dev.sluice.broker.security.Security;
import dev.sluice.gateway.config.KafkaSecuritySpec;
import dev.sluice.gateway.config.KafkaSecuritySpec.Quota;
import dev.sluice.gateway.config.KafkaSecuritySpec.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes users, rules and quotas match what was declared. What is no longer declared stays, since it
 * may have been made over Kafka's protocol; users of that kind are named in the log.
 */
final class DeclaredSecurity {

  private static final Logger LOG = LoggerFactory.getLogger(DeclaredSecurity.class);

  private DeclaredSecurity() {}

  /** Those who may do everything, as Kafka names them. */
  static Set<KafkaPrincipal> superUsers(KafkaSecuritySpec spec) {
    return spec.superUsers().stream()
        .map(name -> new KafkaPrincipal(KafkaPrincipal.USER_TYPE, name))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Durable when this returns; what is there already is not written again. */
  static void apply(KafkaSecuritySpec spec, Security security, QuotaLimits quotas) {
    // Rules first: with the first user, only what a rule allows can be done.
    List<AclBinding> rules = spec.rules().stream().flatMap(rule -> of(rule).stream()).toList();
    security.rules().add(rules);
    spec.quotas().forEach(quota -> quotas.change(entity(quota), limits(quota), false));
    spec.users().forEach((name, password) -> security.users().ensure(name, password.value()));
    Set<String> others = new TreeSet<>(security.users().all().keySet());
    others.removeAll(spec.users().keySet());
    if (!others.isEmpty()) {
      LOG.info("Users for Kafka's clients that the configuration does not name: {}", others);
    }
  }

  private static List<AclBinding> of(Rule rule) {
    ResourcePattern pattern = pattern(rule);
    AclPermissionType permission =
        rule.isAllowed() ? AclPermissionType.ALLOW : AclPermissionType.DENY;
    List<AclBinding> bindings = new ArrayList<>();
    for (String operation : rule.operations()) {
      bindings.add(
          new AclBinding(
              pattern,
              new AccessControlEntry(
                  KafkaPrincipal.USER_TYPE + ":" + rule.user(),
                  rule.host(),
                  AclOperation.fromString(operation.replace('-', '_').toUpperCase(Locale.ROOT)),
                  permission)));
    }
    return bindings;
  }

  private static ResourcePattern pattern(Rule rule) {
    ResourceType type =
        switch (rule.resource()) {
          case TOPIC -> ResourceType.TOPIC;
          case GROUP -> ResourceType.GROUP;
          case TRANSACTIONAL_ID -> ResourceType.TRANSACTIONAL_ID;
          case CLUSTER -> ResourceType.CLUSTER;
        };
    if (type == ResourceType.CLUSTER) {
      return new ResourcePattern(type, Resource.CLUSTER_NAME, PatternType.LITERAL);
    }
    String name = rule.name();
    boolean isPrefix = name.endsWith("*") && !name.equals(ResourcePattern.WILDCARD_RESOURCE);
    return isPrefix
        ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
        : new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private static QuotaEntity entity(Quota quota) {
    return new QuotaEntity(name(quota.user()), name(quota.client()));
  }

  private static QuotaEntity.@Nullable Name name(@Nullable String name) {
    if (name == null) {
      return null;
    }
    return name.equals("*") ? QuotaEntity.Name.DEFAULT : new QuotaEntity.Name(name);
  }

  private static Map<String, Optional<Double>> limits(Quota quota) {
    Map<String, Optional<Double>> limits = new HashMap<>();
    put(limits, "producer_byte_rate", quota.produceBytes());
    put(limits, "consumer_byte_rate", quota.fetchBytes());
    return limits;
  }

  private static void put(
      Map<String, Optional<Double>> limits, String name, @Nullable Long bytesPerSecond) {
    if (bytesPerSecond != null) {
      limits.put(name, Optional.of((double) bytesPerSecond));
    }
  }
}
