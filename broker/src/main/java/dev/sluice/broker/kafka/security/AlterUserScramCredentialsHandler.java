package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.security.CredentialChange;
import dev.sluice.broker.security.SaltedPassword;
import dev.sluice.broker.security.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData.ScramCredentialUpsertion;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData.AlterUserScramCredentialsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AlterUserScramCredentialsRequest;
import org.apache.kafka.common.requests.AlterUserScramCredentialsResponse;

/**
 * Adds, changes and removes users (KIP-554). Changes of one user are made together or not at all,
 * those of different users go their own ways. Unlike a Kafka controller, this takes changes of both
 * mechanisms of one user in one request, which is how Kafka's tools are told to set a password.
 */
final class AlterUserScramCredentialsHandler
    implements BlockingHandler<AlterUserScramCredentialsRequest> {

  private final Users users;

  AlterUserScramCredentialsHandler(Users users) {
    this.users = users;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ALTER_USER_SCRAM_CREDENTIALS;
  }

  @Override
  public AlterUserScramCredentialsResponse handle(
      AlterUserScramCredentialsRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER);
    AlterUserScramCredentialsResponseData answer = new AlterUserScramCredentialsResponseData();
    changes(request.data())
        .forEach((user, changes) -> answer.results().add(change(user, changes, call)));
    return new AlterUserScramCredentialsResponse(answer);
  }

  private static Map<String, List<CredentialChange>> changes(
      AlterUserScramCredentialsRequestData request) {
    Map<String, List<CredentialChange>> changes = new LinkedHashMap<>();
    request
        .deletions()
        .forEach(
            deletion ->
                changes
                    .computeIfAbsent(deletion.name(), user -> new ArrayList<>())
                    .add(
                        new CredentialChange.Remove(
                            ScramMechanism.fromType(deletion.mechanism()))));
    request
        .upsertions()
        .forEach(
            upsertion ->
                changes
                    .computeIfAbsent(upsertion.name(), user -> new ArrayList<>())
                    .add(put(upsertion)));
    return changes;
  }

  private static CredentialChange put(ScramCredentialUpsertion upsertion) {
    return new CredentialChange.Put(
        ScramMechanism.fromType(upsertion.mechanism()),
        new SaltedPassword(upsertion.salt(), upsertion.saltedPassword(), upsertion.iterations()));
  }

  private AlterUserScramCredentialsResult change(
      String user, List<CredentialChange> changes, Call call) {
    AlterUserScramCredentialsResult result = new AlterUserScramCredentialsResult().setUser(user);
    try {
      users.change(user, changes);
      call.made(
          Change.USER_CHANGED,
          user,
          changes.stream().map(AlterUserScramCredentialsHandler::text).toList());
    } catch (RuntimeException refused) {
      result
          .setErrorCode(KafkaErrors.of(refused).code())
          .setErrorMessage(KafkaErrors.exception(refused).getMessage());
    }
    return result;
  }

  /** Nothing but the mechanism, and what became of its password. */
  private static String text(CredentialChange change) {
    String mechanism = change.mechanism().mechanismName();
    return switch (change) {
      case CredentialChange.Put put -> mechanism + " set";
      case CredentialChange.Remove remove -> mechanism + " removed";
    };
  }
}
