package dev.sluice.broker.metadata;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * Who may come in, what they may do, and how much of it. Immutable.
 *
 * @param users for each user the credentials by mechanism, at least one
 * @param rules the access rules, the oldest first
 * @param quotas for each entity its limits by Kafka's name of them, at least one
 */
public record SecurityState(
    SortedMap<String, Map<ScramMechanism, Credential>> users,
    Set<AccessRule> rules,
    Map<QuotaEntity, Map<String, Double>> quotas) {

  /** Everyone may do everything. */
  public static final SecurityState OPEN =
      new SecurityState(Collections.emptySortedMap(), Set.of(), Map.of());

  /** Copies what it is given. */
  public SecurityState {
    users = Collections.unmodifiableSortedMap(new TreeMap<>(users));
    rules = Collections.unmodifiableSet(new LinkedHashSet<>(rules));
    quotas = Map.copyOf(quotas);
  }

  /** Whether nobody has said yet who may do what. */
  public boolean isOpen() {
    return users.isEmpty() && rules.isEmpty();
  }

  /** A user's credentials by mechanism; none if there is no such user. */
  public Map<ScramMechanism, Credential> credentials(String user) {
    return users.getOrDefault(user, Map.of());
  }

  SecurityState apply(MetadataCommand.Security command) {
    return switch (command) {
      case MetadataCommand.PutCredential put -> with(put);
      case MetadataCommand.RemoveCredential remove -> without(remove);
      case MetadataCommand.AddAccessRules add -> {
        Set<AccessRule> there = new LinkedHashSet<>(rules);
        there.addAll(add.rules());
        yield new SecurityState(users, there, quotas);
      }
      case MetadataCommand.RemoveAccessRules remove -> {
        Set<AccessRule> there = new LinkedHashSet<>(rules);
        remove.rules().forEach(there::remove);
        yield new SecurityState(users, there, quotas);
      }
      case MetadataCommand.SetQuota set -> with(set);
    };
  }

  private SecurityState with(MetadataCommand.PutCredential put) {
    Map<ScramMechanism, Credential> credentials = new HashMap<>(credentials(put.user()));
    credentials.put(put.credential().mechanism(), put.credential());
    return with(put.user(), credentials);
  }

  private SecurityState without(MetadataCommand.RemoveCredential remove) {
    Map<ScramMechanism, Credential> credentials = new HashMap<>(credentials(remove.user()));
    credentials.remove(remove.mechanism());
    return with(remove.user(), credentials);
  }

  private SecurityState with(String user, Map<ScramMechanism, Credential> credentials) {
    SortedMap<String, Map<ScramMechanism, Credential>> there = new TreeMap<>(users);
    if (credentials.isEmpty()) {
      there.remove(user);
    } else {
      there.put(user, Map.copyOf(credentials));
    }
    return new SecurityState(there, rules, quotas);
  }

  private SecurityState with(MetadataCommand.SetQuota set) {
    Map<QuotaEntity, Map<String, Double>> there = new HashMap<>(quotas);
    if (set.limits().isEmpty()) {
      there.remove(set.entity());
    } else {
      there.put(set.entity(), Map.copyOf(set.limits()));
    }
    return new SecurityState(users, rules, there);
  }
}
