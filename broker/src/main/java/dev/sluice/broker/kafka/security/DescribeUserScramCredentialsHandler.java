package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Credential;
import dev.sluice.broker.security.Users;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.CredentialInfo;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeUserScramCredentialsRequest;
import org.apache.kafka.common.requests.DescribeUserScramCredentialsResponse;

/** Tells which users there are and how they may come in, never what proves it (KIP-554). */
final class DescribeUserScramCredentialsHandler
    implements BlockingHandler<DescribeUserScramCredentialsRequest> {

  private final Users users;

  DescribeUserScramCredentialsHandler(Users users) {
    this.users = users;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS;
  }

  @Override
  public DescribeUserScramCredentialsResponse handle(
      DescribeUserScramCredentialsRequest request, Call call) {
    call.requireCluster(AclOperation.DESCRIBE);
    Map<String, Map<ScramMechanism, Credential>> all = users.all();
    List<UserName> asked = request.data().users();
    List<DescribeUserScramCredentialsResult> results =
        asked == null || asked.isEmpty()
            ? all.keySet().stream().map(user -> describe(user, all)).toList()
            : describe(asked, all);
    return new DescribeUserScramCredentialsResponse(
        new DescribeUserScramCredentialsResponseData().setResults(results));
  }

  private static List<DescribeUserScramCredentialsResult> describe(
      Collection<UserName> asked, Map<String, Map<ScramMechanism, Credential>> all) {
    Map<String, Long> times =
        asked.stream()
            .map(UserName::name)
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return times.entrySet().stream()
        .map(user -> user.getValue() > 1 ? twice(user.getKey()) : describe(user.getKey(), all))
        .toList();
  }

  private static DescribeUserScramCredentialsResult twice(String user) {
    return new DescribeUserScramCredentialsResult()
        .setUser(user)
        .setErrorCode(Errors.DUPLICATE_RESOURCE.code())
        .setErrorMessage(
            "Cannot describe SCRAM credentials for the same user twice in a single request: "
                + user);
  }

  private static DescribeUserScramCredentialsResult describe(
      String user, Map<String, Map<ScramMechanism, Credential>> all) {
    Map<ScramMechanism, Credential> credentials = all.getOrDefault(user, Map.of());
    DescribeUserScramCredentialsResult result =
        new DescribeUserScramCredentialsResult().setUser(user);
    if (credentials.isEmpty()) {
      return result
          .setErrorCode(Errors.RESOURCE_NOT_FOUND.code())
          .setErrorMessage("Attempt to describe a user credential that does not exist: " + user);
    }
    return result.setCredentialInfos(
        credentials.values().stream()
            .map(
                credential ->
                    new CredentialInfo()
                        .setMechanism(credential.mechanism().type())
                        .setIterations(credential.iterations()))
            .toList());
  }
}
