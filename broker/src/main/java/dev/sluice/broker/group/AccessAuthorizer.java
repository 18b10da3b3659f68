package dev.sluice.broker.group;

import dev.sluice.broker.security.AccessControl;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/**
 * Our access rules, as the coordinator asks for them where a member subscribes by pattern: it may
 * see those topics only that it may describe. Nothing but questions comes this way.
 */
final class AccessAuthorizer implements Authorizer {

  private final AccessControl access;

  AccessAuthorizer(AccessControl access) {
    this.access = access;
  }

  @Override
  public List<AuthorizationResult> authorize(AuthorizableRequestContext who, List<Action> actions) {
    return actions.stream().map(action -> authorize(who, action)).toList();
  }

  private AuthorizationResult authorize(AuthorizableRequestContext who, Action action) {
    boolean isAllowed =
        access.allows(
            who,
            action.operation(),
            action.resourcePattern().resourceType(),
            action.resourcePattern().name());
    return isAllowed ? AuthorizationResult.ALLOWED : AuthorizationResult.DENIED;
  }

  @Override
  public Map<Endpoint, CompletableFuture<Void>> start(AuthorizerServerInfo server) {
    return Map.of();
  }

  @Override
  public List<? extends CompletionStage<AclCreateResult>> createAcls(
      AuthorizableRequestContext who, List<AclBinding> bindings) {
    throw readOnly();
  }

  @Override
  public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
      AuthorizableRequestContext who, List<AclBindingFilter> filters) {
    throw readOnly();
  }

  @Override
  public Iterable<AclBinding> acls(AclBindingFilter filter) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("Access rules are kept in the metadata, not here");
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
