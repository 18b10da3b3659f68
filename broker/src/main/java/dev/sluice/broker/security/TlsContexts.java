package dev.sluice.broker.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.internals.BrokerSecurityConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Reads keys and certificates, in the formats and with the code of kafka-clients. */
public final class TlsContexts {

  private TlsContexts() {}

  /**
   * Reads what the settings name.
   *
   * @throws UncheckedIOException if a file can't be read
   * @throws KafkaException if a file isn't what it should be, or its password is wrong
   */
  public static SSLContext of(TlsSettings settings) {
    Map<String, Object> values = new HashMap<>();
    values.put(SslConfigs.SSL_PROTOCOL_CONFIG, SslConfigs.DEFAULT_SSL_PROTOCOL);
    values.put(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, settings.protocols());
    values.put(BrokerSecurityConfigs.SSL_CLIENT_AUTH_CONFIG, "none");
    putIdentity(settings.identity(), values);
    putTrust(settings.trust(), values);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(values);
      return factory.sslContext();
    }
  }

  private static void putIdentity(TlsSettings.Identity identity, Map<String, Object> values) {
    switch (identity) {
      case TlsSettings.Identity.StoreFile store -> {
        values.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, store.type());
        values.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, store.file().toString());
        values.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, store.password());
        values.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, store.password());
      }
      case TlsSettings.Identity.PemFiles pem -> {
        values.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
        values.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, read(pem.certificates()));
        values.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, read(pem.key()));
        if (pem.keyPassword() != null) {
          values.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, pem.keyPassword());
        }
      }
    }
  }

  private static void putTrust(TlsSettings.@Nullable Trust trust, Map<String, Object> values) {
    switch (trust) {
      case null -> {
        return;
      }
      case TlsSettings.Trust.StoreFile store -> {
        values.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, store.type());
        values.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, store.file().toString());
        values.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, store.password());
      }
      case TlsSettings.Trust.PemFile pem -> {
        values.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
        values.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, read(pem.certificates()));
      }
    }
  }

  private static Password read(Path file) {
    try {
      return new Password(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file + " for TLS", e);
    }
  }
}
