package dev.sluice.broker.group;

import java.net.InetAddress;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/** This process, where it asks the coordinator as a client would. */
record LocalCaller(ApiKeys api) implements AuthorizableRequestContext {

  private static final String NAME = "sluice";

  @Override
  public String listenerName() {
    return NAME;
  }

  @Override
  public SecurityProtocol securityProtocol() {
    return SecurityProtocol.PLAINTEXT;
  }

  @Override
  public KafkaPrincipal principal() {
    return new KafkaPrincipal(KafkaPrincipal.USER_TYPE, NAME);
  }

  @Override
  public InetAddress clientAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public int requestType() {
    return api.id;
  }

  @Override
  public int requestVersion() {
    return api.latestVersion();
  }

  @Override
  public String clientId() {
    return NAME;
  }

  @Override
  public int correlationId() {
    return 0;
  }
}
