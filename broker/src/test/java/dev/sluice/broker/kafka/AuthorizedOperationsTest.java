package dev.sluice.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.security.AccessControl;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.junit.jupiter.api.Test;

class AuthorizedOperationsTest {

  @Test
  void everyOperationOfATypeIsThereWhereEverythingIsAllowed() {
    // What a Kafka 4.1 broker without an authorizer answers.
    assertThat(AuthorizedOperations.of(Calls.of(ApiKeys.METADATA), ResourceType.TOPIC, "t"))
        .isEqualTo(3576);
    assertThat(AuthorizedOperations.of(Calls.of(ApiKeys.METADATA), ResourceType.GROUP, "g"))
        .isEqualTo((1 << 3) | (1 << 8) | (1 << 6) | (1 << 10) | (1 << 11));
    assertThat(AuthorizedOperations.of(Calls.of(ApiKeys.METADATA), ResourceType.CLUSTER, "c"))
        .isEqualTo((1 << 5) | (1 << 7) | (1 << 8) | (1 << 9) | (1 << 10) | (1 << 11) | (1 << 12));
    assertThat(
            AuthorizedOperations.of(Calls.of(ApiKeys.METADATA), ResourceType.TRANSACTIONAL_ID, "x"))
        .isEqualTo((1 << 8) | (1 << 4) | (1 << 15));
  }

  @Test
  void onlyWhatIsAllowedIsThereAndNothingIsLoggedAsDenied() {
    Call call = Calls.of(ApiKeys.METADATA, new ReadersOfOneTopic());
    assertThat(AuthorizedOperations.of(call, ResourceType.TOPIC, "mine"))
        .isEqualTo((1 << AclOperation.READ.code()) | (1 << AclOperation.DESCRIBE.code()));
    assertThat(AuthorizedOperations.of(call, ResourceType.TOPIC, "yours")).isZero();
  }

  @Test
  void aFilterIsNoResource() {
    Call call = Calls.of(ApiKeys.METADATA);
    assertThatThrownBy(() -> AuthorizedOperations.of(call, ResourceType.ANY, "t"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static final class ReadersOfOneTopic implements AccessControl {
    @Override
    public boolean allows(
        AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
      throw new AssertionError("asked in a way that logs");
    }

    @Override
    public boolean wouldAllow(
        AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
      return name.equals("mine")
          && Set.of(AclOperation.READ, AclOperation.DESCRIBE).contains(operation);
    }
  }
}
