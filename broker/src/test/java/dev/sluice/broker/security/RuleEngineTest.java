package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.metadata.AccessRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's engine means what Kafka's manual says. */
class RuleEngineTest {

  private static final String HERE = "127.0.0.1";

  /** What an ALLOW of an operation gives besides the operation itself. */
  private static final Map<AclOperation, Set<AclOperation>> IMPLIED =
      Map.of(
          AclOperation.READ, Set.of(AclOperation.DESCRIBE),
          AclOperation.WRITE, Set.of(AclOperation.DESCRIBE),
          AclOperation.DELETE, Set.of(AclOperation.DESCRIBE),
          AclOperation.ALTER, Set.of(AclOperation.DESCRIBE),
          AclOperation.ALTER_CONFIGS, Set.of(AclOperation.DESCRIBE_CONFIGS));

  private static final List<AclOperation> OPERATIONS =
      Stream.of(AclOperation.values())
          .filter(
              one ->
                  one != AclOperation.UNKNOWN && one != AclOperation.ANY && one != AclOperation.ALL)
          .toList();

  private static AuthorizableRequestContext request(String user) {
    return Calls.context(
        ApiKeys.METADATA,
        ApiKeys.METADATA.latestVersion(),
        new KafkaPrincipal(KafkaPrincipal.USER_TYPE, user));
  }

  private static AccessRule rule(AclOperation operation, AclPermissionType permission) {
    return new AccessRule(
        ResourceType.TOPIC, "t", PatternType.LITERAL, "User:alice", "*", operation, permission);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN", "ANY", "ALL"})
  void anOperationGivesWhatItImpliesAndNoMore(AclOperation given) {
    RuleEngine engine = new RuleEngine();
    engine.use(Set.of(rule(given, AclPermissionType.ALLOW)));
    for (AclOperation asked : OPERATIONS) {
      assertThat(engine.allows(request("alice"), asked, ResourceType.TOPIC, "t"))
          .as("%s with %s", asked, given)
          .isEqualTo(asked == given || IMPLIED.getOrDefault(given, Set.of()).contains(asked));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN", "ANY", "ALL"})
  void aDenialTakesTheOperationAlone(AclOperation denied) {
    RuleEngine engine = new RuleEngine();
    engine.use(
        Set.of(
            rule(AclOperation.ALL, AclPermissionType.ALLOW), rule(denied, AclPermissionType.DENY)));
    for (AclOperation asked : OPERATIONS) {
      assertThat(engine.allows(request("alice"), asked, ResourceType.TOPIC, "t"))
          .isEqualTo(asked != denied);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itDecidesAsTheNaiveModelDoes(long seed) {
    Random random = new Random(seed);
    RuleEngine engine = new RuleEngine();
    for (int round = 0; round < 60; round++) {
      Set<AccessRule> rules = new HashSet<>();
      int count = random.nextInt(12);
      for (int i = 0; i < count; i++) {
        rules.add(randomRule(random));
      }
      engine.use(rules);
      for (int i = 0; i < 60; i++) {
        String user = pick(random, List.of("alice", "bob"));
        String name = pick(random, NAMES);
        AclOperation operation = pick(random, ASKED);
        ResourceType type = pick(random, TYPES);
        assertThat(engine.allows(request(user), operation, type, name))
            .as("seed %d: %s may %s %s %s by %s", seed, user, operation, type, name, rules)
            .isEqualTo(model(rules, user, operation, type, name));
      }
      assertThat(engine.allowsAny(request("alice"), AclOperation.WRITE, ResourceType.TOPIC))
          .as("seed %d: any topic by %s", seed, rules)
          .isEqualTo(modelOfAny(rules, "alice"));
    }
  }

  @Test
  void aRuleOfAnotherHostIsNotForUs() {
    RuleEngine engine = new RuleEngine();
    engine.use(
        Set.of(
            new AccessRule(
                ResourceType.TOPIC,
                "*",
                PatternType.LITERAL,
                "User:*",
                "10.1.2.3",
                AclOperation.ALL,
                AclPermissionType.ALLOW)));
    assertThat(engine.allows(request("alice"), AclOperation.READ, ResourceType.TOPIC, "t"))
        .isFalse();
  }

  private static final List<String> NAMES =
      List.of("a", "ab", "abc", "abd", "b", "ba", "!", "+", "~a", "hardcode");
  private static final List<ResourceType> TYPES = List.of(ResourceType.TOPIC, ResourceType.GROUP);
  private static final List<AclOperation> ASKED =
      List.of(
          AclOperation.READ,
          AclOperation.WRITE,
          AclOperation.DESCRIBE,
          AclOperation.DESCRIBE_CONFIGS,
          AclOperation.ALTER_CONFIGS);

  private static AccessRule randomRule(Random random) {
    List<AclOperation> given = new ArrayList<>(ASKED);
    given.add(AclOperation.ALL);
    boolean isPrefix = random.nextBoolean();
    List<String> names = new ArrayList<>(NAMES);
    names.add("*");
    return new AccessRule(
        pick(random, TYPES),
        pick(random, names),
        isPrefix ? PatternType.PREFIXED : PatternType.LITERAL,
        pick(random, List.of("User:alice", "User:bob", "User:*")),
        pick(random, List.of("*", HERE, "10.1.2.3")),
        pick(random, given),
        random.nextInt(3) == 0 ? AclPermissionType.DENY : AclPermissionType.ALLOW);
  }

  private static boolean model(
      Set<AccessRule> rules, String user, AclOperation asked, ResourceType type, String name) {
    List<AccessRule> matching =
        rules.stream()
            .filter(rule -> rule.resourceType() == type && names(rule, name))
            .filter(rule -> Set.of("User:" + user, "User:*").contains(rule.principal()))
            .filter(rule -> Set.of("*", HERE).contains(rule.host()))
            .toList();
    boolean isDenied =
        matching.stream()
            .filter(rule -> rule.permission() == AclPermissionType.DENY)
            .map(AccessRule::operation)
            .anyMatch(given -> given == AclOperation.ALL || given == asked);
    boolean isAllowed =
        matching.stream()
            .filter(rule -> rule.permission() == AclPermissionType.ALLOW)
            .map(AccessRule::operation)
            .anyMatch(
                given ->
                    given == AclOperation.ALL
                        || given == asked
                        || IMPLIED.getOrDefault(given, Set.of()).contains(asked));
    return isAllowed && !isDenied;
  }

  private static boolean names(AccessRule rule, String name) {
    return rule.pattern() == PatternType.PREFIXED
        ? name.startsWith(rule.resourceName())
        : rule.resourceName().equals("*") || rule.resourceName().equals(name);
  }

  /** Whether there is a topic, be it one that nobody has thought of, that may be written. */
  private static boolean modelOfAny(Set<AccessRule> rules, String user) {
    Stream<String> thoughtOf =
        rules.stream().map(AccessRule::resourceName).flatMap(name -> Stream.of(name, name + "\7"));
    return Stream.concat(Stream.of("hardcode", "\7"), thoughtOf)
        .anyMatch(name -> model(rules, user, AclOperation.WRITE, ResourceType.TOPIC, name));
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
