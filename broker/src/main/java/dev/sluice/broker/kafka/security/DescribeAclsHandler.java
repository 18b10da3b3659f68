package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.security.AccessRules;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeAclsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.DescribeAclsRequest;
import org.apache.kafka.common.requests.DescribeAclsResponse;

/** Lists access rules. */
final class DescribeAclsHandler implements BlockingHandler<DescribeAclsRequest> {

  private final AccessRules rules;

  DescribeAclsHandler(AccessRules rules) {
    this.rules = rules;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_ACLS;
  }

  @Override
  public DescribeAclsResponse handle(DescribeAclsRequest request, Call call) {
    call.requireCluster(AclOperation.DESCRIBE);
    AccessRules.check(request.filter());
    return new DescribeAclsResponse(
        new DescribeAclsResponseData()
            .setResources(DescribeAclsResponse.aclsResources(rules.list(request.filter()))),
        call.version());
  }
}
