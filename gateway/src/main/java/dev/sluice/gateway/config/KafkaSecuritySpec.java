package dev.sluice.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what over Kafka's protocol, and how much of it.
 *
 * @param users passwords by name
 * @param superUsers names of users who may do everything
 * @param rules what users may do
 * @param quotas how many bytes a second they may send and fetch
 */
public record KafkaSecuritySpec(
    Map<String, SecretText> users, Set<String> superUsers, List<Rule> rules, List<Quota> quotas) {

  /** Everyone may do everything. */
  public static final KafkaSecuritySpec OPEN =
      new KafkaSecuritySpec(Map.of(), Set.of(), List.of(), List.of());

  /** Copies what it is given. */
  public KafkaSecuritySpec {
    users = Map.copyOf(users);
    superUsers = Set.copyOf(superUsers);
    rules = List.copyOf(rules);
    quotas = List.copyOf(quotas);
  }

  /** What a rule is about. */
  public enum Resource {
    TOPIC,
    GROUP,
    TRANSACTIONAL_ID,
    CLUSTER
  }

  /**
   * A rule.
   *
   * @param user a user's name, or {@code *} for everyone
   * @param host the address that the client comes from, or {@code *} for any
   * @param isAllowed whether the operations are allowed, or denied
   * @param operations what is allowed or denied, in lower case with hyphens
   * @param resource what the rule is about
   * @param name of the resources; what all their names begin with where it ends with {@code *};
   *     empty for the cluster
   */
  public record Rule(
      String user,
      String host,
      boolean isAllowed,
      List<String> operations,
      Resource resource,
      String name) {

    /** Copies what it is given. */
    public Rule {
      operations = List.copyOf(operations);
    }
  }

  /**
   * A quota; {@code *} as a name stands for all that have no quota of their own.
   *
   * @param user whose bytes are counted; null if it isn't about users
   * @param client of which client id; null if it isn't about client ids
   * @param produceBytes how many may be sent each second; null for any number
   * @param fetchBytes how many may be fetched each second; null for any number
   */
  public record Quota(
      @Nullable String user,
      @Nullable String client,
      @Nullable Long produceBytes,
      @Nullable Long fetchBytes) {}
}
