package dev.sluice.broker.kafka.security;

import dev.sluice.broker.kafka.ApiHandler;
import dev.sluice.broker.security.Security;
import java.util.List;

/** Makes the handlers of this area. */
public final class SecurityHandlers {

  private SecurityHandlers() {}

  public static List<ApiHandler<?>> all(Security security) {
    SaslExchanges exchanges =
        new SaslExchanges(security.authentication(), security.sasl(), security.failures());
    return List.of(
        new SaslHandshakeHandler(exchanges),
        new SaslAuthenticateHandler(exchanges),
        new DescribeUserScramCredentialsHandler(security.users()),
        new AlterUserScramCredentialsHandler(security.users()),
        new DescribeAclsHandler(security.rules()),
        new CreateAclsHandler(security.rules()),
        new DeleteAclsHandler(security.rules()));
  }
}
