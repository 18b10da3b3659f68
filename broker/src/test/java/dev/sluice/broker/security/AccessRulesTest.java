package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.MetadataLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessRulesTest {

  @Test
  void tooManyRulesAreRefusedAsAWhole(@TempDir Path directory) {
    try (TestMetadata metadata = TestMetadata.open(directory)) {
      AccessRules rules = new AccessRules(metadata.metadata());
      rules.add(List.of(rule(0)));
      List<AclBinding> many =
          IntStream.rangeClosed(1, MetadataLimits.MAX_RULES)
              .mapToObj(AccessRulesTest::rule)
              .toList();
      assertThatThrownBy(() -> rules.add(many))
          .isInstanceOf(PolicyViolationException.class)
          .hasMessageContaining("50000 access rules");
      assertThat(rules.list(AclBindingFilter.ANY)).containsExactly(rule(0));
    }
  }

  private static AclBinding rule(int number) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, "t" + number, PatternType.LITERAL),
        new AccessControlEntry("User:u", "*", AclOperation.READ, AclPermissionType.ALLOW));
  }
}
