package dev.sluice.broker.kafka;

import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.security.Authentication;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Calls that no server made, for tests of single handlers. */
public final class Calls {

  private Calls() {}

  /** A call of an API's newest version by a client that nobody has authenticated. */
  public static Call of(ApiKeys api, AccessControl access) {
    return of(api, api.latestVersion(), new ConnectionIdentity(Set.of()), access);
  }

  /** A call of an API's newest version by a client that may do everything. */
  public static Call of(ApiKeys api) {
    return of(api, AccessControl.OPEN);
  }

  /** The same, and who hears of what it changes. */
  public static Call heardBy(AdminChanges changes, ApiKeys api) {
    return new Call(
        context(api, api.latestVersion(), KafkaPrincipal.ANONYMOUS),
        new ConnectionIdentity(Set.of()),
        AccessControl.OPEN,
        changes,
        new CompletableFuture<>());
  }

  /** A call of some version by a client that may do everything. */
  public static Call of(ApiKeys api, short version) {
    return of(api, version, new ConnectionIdentity(Set.of()), AccessControl.OPEN);
  }

  /** A call by the one at the other end of a connection. */
  public static Call of(
      ApiKeys api, short version, ConnectionIdentity identity, AccessControl access) {
    return new Call(
        context(api, version, identity.principal()),
        identity,
        access,
        AdminChanges.NONE,
        new CompletableFuture<>());
  }

  /** The other end of a new connection to a listener that asks for SASL. */
  public static ConnectionIdentity stranger() {
    return new ConnectionIdentity(Set.copyOf(Authentication.MECHANISMS));
  }

  /** The context of a request from this machine. */
  public static RequestContext context(ApiKeys api, short version, KafkaPrincipal principal) {
    return new RequestContext(
        new RequestHeader(api, version, "test", 1),
        "test-connection",
        InetAddress.getLoopbackAddress(),
        principal,
        ListenerName.forSecurityProtocol(SecurityProtocol.PLAINTEXT),
        SecurityProtocol.PLAINTEXT,
        ClientInformation.EMPTY,
        false);
  }
}
