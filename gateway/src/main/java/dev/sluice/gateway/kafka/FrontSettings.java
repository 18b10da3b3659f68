package dev.sluice.gateway.kafka;

import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.kafka.KafkaFrontConfig;
import dev.sluice.broker.kafka.ListenerConfig;
import dev.sluice.broker.kafka.ServerLimits;
import dev.sluice.broker.kafka.TransportFactory;
import dev.sluice.broker.kafka.security.TlsTransportFactory;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.SaslSettings;
import dev.sluice.broker.security.SecuritySettings;
import dev.sluice.broker.security.TlsSettings;
import dev.sluice.gateway.config.KafkaSpec;
import dev.sluice.gateway.config.SecretText;
import dev.sluice.gateway.log.OwnTopics;
import java.nio.file.Path;
import org.apache.kafka.common.config.types.Password;

/** The configuration in the broker's words. */
final class FrontSettings {

  private FrontSettings() {}

  static KafkaFrontConfig of(KafkaSpec spec) {
    return new KafkaFrontConfig(
        spec.listeners().stream().map(FrontSettings::of).toList(),
        of(spec.limits()),
        new BrokerDefaults(spec.defaultPartitions(), spec.autoCreateTopics(), TopicConfig.FOREVER),
        CoordinatorSettings.DEFAULT,
        new SecuritySettings(DeclaredSecurity.superUsers(spec.security()), SaslSettings.DEFAULT),
        OwnTopics::contains);
  }

  private static ListenerConfig of(KafkaSpec.Listener listener) {
    return new ListenerConfig(
        listener.name(),
        listener.host(),
        listener.port(),
        listener.advertisedHost(),
        listener.advertisedPort(),
        listener.sasl(),
        listener.tls() == null
            ? TransportFactory.PLAIN
            : new TlsTransportFactory(of(listener.tls())));
  }

  private static TlsSettings of(KafkaSpec.Tls tls) {
    Path authorities = tls.clientAuthorities();
    SecretText password = tls.keyPassword();
    return new TlsSettings(
        new TlsSettings.Identity.PemFiles(
            tls.certificate(), tls.key(), password == null ? null : new Password(password.value())),
        authorities == null ? null : new TlsSettings.Trust.PemFile(authorities),
        switch (tls.clientCertificate()) {
          case NONE -> TlsSettings.ClientCertificate.NONE;
          case REQUESTED -> TlsSettings.ClientCertificate.REQUESTED;
          case REQUIRED -> TlsSettings.ClientCertificate.REQUIRED;
        },
        TlsSettings.PROTOCOLS);
  }

  private static ServerLimits of(KafkaSpec.Limits limits) {
    return new ServerLimits(
        limits.requestBytes(),
        limits.memoryBytes(),
        limits.connections(),
        limits.inFlight(),
        limits.idle(),
        limits.transfer());
  }
}
