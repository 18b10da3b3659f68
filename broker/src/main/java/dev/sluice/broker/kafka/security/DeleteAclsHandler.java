package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.broker.security.AccessRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.DeleteAclsResponseData;
import org.apache.kafka.common.message.DeleteAclsResponseData.DeleteAclsFilterResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.DeleteAclsRequest;
import org.apache.kafka.common.requests.DeleteAclsResponse;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.AclDeleteResult.AclBindingDeleteResult;

/** Removes the access rules that filters select: those of one request all at once. */
final class DeleteAclsHandler implements BlockingHandler<DeleteAclsRequest> {

  private final AccessRules rules;

  DeleteAclsHandler(AccessRules rules) {
    this.rules = rules;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DELETE_ACLS;
  }

  @Override
  public DeleteAclsResponse handle(DeleteAclsRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER);
    List<AclBindingFilter> valid = new ArrayList<>();
    List<DeleteAclsFilterResult> results = new ArrayList<>();
    for (AclBindingFilter filter : request.filters()) {
      DeleteAclsFilterResult result = new DeleteAclsFilterResult();
      try {
        AccessRules.check(filter);
        valid.add(filter);
      } catch (InvalidRequestException refused) {
        result.setErrorCode(KafkaErrors.of(refused).code()).setErrorMessage(refused.getMessage());
      }
      results.add(result);
    }
    List<List<AclBinding>> removed = rules.remove(valid);
    Set<AclBinding> distinct = new LinkedHashSet<>();
    removed.forEach(distinct::addAll);
    RuleReports.report(Change.RULES_REMOVED, distinct, call);
    fill(results, removed);
    return new DeleteAclsResponse(
        new DeleteAclsResponseData().setFilterResults(results), call.version());
  }

  /** Puts what valid filters selected where it belongs, among the refused ones. */
  private static void fill(List<DeleteAclsFilterResult> results, List<List<AclBinding>> selected) {
    int next = 0;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).errorCode() == 0) {
        results.set(i, DeleteAclsResponse.filterResult(deleted(selected.get(next))));
        next++;
      }
    }
  }

  private static AclDeleteResult deleted(List<AclBinding> bindings) {
    return new AclDeleteResult(bindings.stream().map(AclBindingDeleteResult::new).toList());
  }
}
