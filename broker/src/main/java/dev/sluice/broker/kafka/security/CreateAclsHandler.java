package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.security.AccessRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.CreateAclsResponseData;
import org.apache.kafka.common.message.CreateAclsResponseData.AclCreationResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreateAclsRequest;
import org.apache.kafka.common.requests.CreateAclsResponse;

/** Adds access rules: those of one request that can be rules, all at once. */
final class CreateAclsHandler implements BlockingHandler<CreateAclsRequest> {

  private final AccessRules rules;

  CreateAclsHandler(AccessRules rules) {
    this.rules = rules;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.CREATE_ACLS;
  }

  @Override
  public CreateAclsResponse handle(CreateAclsRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER);
    List<AclBinding> valid = new ArrayList<>();
    List<AclCreationResult> results = new ArrayList<>();
    for (var creation : request.aclCreations()) {
      AclCreationResult result = new AclCreationResult();
      try {
        AclBinding binding = CreateAclsRequest.aclBinding(creation);
        AccessRules.check(binding);
        valid.add(binding);
      } catch (InvalidRequestException | IllegalArgumentException refused) {
        // The latter is how a binding refuses patterns that are for searching only.
        result.setErrorCode(Errors.INVALID_REQUEST.code()).setErrorMessage(refused.getMessage());
      }
      results.add(result);
    }
    RuleReports.report(Change.RULES_ADDED, rules.add(valid), call);
    return new CreateAclsResponse(new CreateAclsResponseData().setResults(results));
  }
}
