package dev.sluice.broker.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.broker.metadata.QuotaEntity.Name;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityCommandTest {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Credential CREDENTIAL =
      new Credential(ScramMechanism.SCRAM_SHA_256, "c2FsdA==", "a2V5", "c2VydmVy", 4096);
  private static final AccessRule RULE =
      new AccessRule(
          ResourceType.TOPIC,
          "orders",
          PatternType.PREFIXED,
          "User:alice",
          "*",
          AclOperation.READ,
          AclPermissionType.ALLOW);
  private static final QuotaEntity ALICE = new QuotaEntity(new Name("alice"), Name.DEFAULT);

  static Stream<Arguments> forms() {
    String rule =
        "[{\"resourceType\":\"TOPIC\",\"resourceName\":\"orders\",\"pattern\":\"PREFIXED\","
            + "\"principal\":\"User:alice\",\"host\":\"*\",\"operation\":\"READ\","
            + "\"permission\":\"ALLOW\"}]";
    return Stream.of(
        Arguments.of(
            new MetadataCommand.PutCredential("alice", CREDENTIAL),
            "{\"type\":\"put-credential\",\"user\":\"alice\",\"credential\":"
                + "{\"mechanism\":\"SCRAM_SHA_256\",\"salt\":\"c2FsdA==\",\"storedKey\":\"a2V5\","
                + "\"serverKey\":\"c2VydmVy\",\"iterations\":4096}}"),
        Arguments.of(
            new MetadataCommand.RemoveCredential("alice", ScramMechanism.SCRAM_SHA_512),
            "{\"type\":\"remove-credential\",\"user\":\"alice\",\"mechanism\":\"SCRAM_SHA_512\"}"),
        Arguments.of(
            new MetadataCommand.AddAccessRules(List.of(RULE)),
            "{\"type\":\"add-access-rules\",\"rules\":" + rule + "}"),
        Arguments.of(
            new MetadataCommand.RemoveAccessRules(List.of(RULE)),
            "{\"type\":\"remove-access-rules\",\"rules\":" + rule + "}"),
        Arguments.of(
            new MetadataCommand.SetQuota(ALICE, Map.of("producer_byte_rate", 1000.0)),
            "{\"type\":\"set-quota\",\"entity\":{\"user\":{\"name\":\"alice\"},\"clientId\":{}},"
                + "\"limits\":{\"producer_byte_rate\":1000.0}}"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theFormIsAPromiseToLogsThatAreOutThere(MetadataCommand command, String form)
      throws JsonProcessingException {
    assertThat(JSON.writerFor(MetadataCommand.class).writeValueAsString(command)).isEqualTo(form);
    assertThat(JSON.readValue(form, MetadataCommand.class)).isEqualTo(command);
  }

  @Test
  void commandsAddUpAndTakeAway() {
    SecurityState state =
        SecurityState.OPEN
            .apply(new MetadataCommand.PutCredential("alice", CREDENTIAL))
            .apply(new MetadataCommand.AddAccessRules(List.of(RULE)))
            .apply(new MetadataCommand.SetQuota(ALICE, Map.of("producer_byte_rate", 1.0)));
    assertThat(state.isOpen()).isFalse();
    assertThat(state.credentials("alice")).containsValue(CREDENTIAL);
    assertThat(state.rules()).containsExactly(RULE);
    assertThat(state.quotas()).containsOnlyKeys(ALICE);

    SecurityState back =
        state
            .apply(new MetadataCommand.RemoveCredential("alice", ScramMechanism.SCRAM_SHA_256))
            .apply(new MetadataCommand.RemoveAccessRules(List.of(RULE)))
            .apply(new MetadataCommand.SetQuota(ALICE, Map.of()));
    assertThat(back).isEqualTo(SecurityState.OPEN);
    assertThat(back.isOpen()).isTrue();
  }

  @Test
  void aCredentialIsNotPrinted() {
    assertThat(new MetadataCommand.PutCredential("alice", CREDENTIAL).toString())
        .contains("alice")
        .doesNotContain(CREDENTIAL.salt())
        .doesNotContain(CREDENTIAL.storedKey())
        .doesNotContain(CREDENTIAL.serverKey());
  }
}
