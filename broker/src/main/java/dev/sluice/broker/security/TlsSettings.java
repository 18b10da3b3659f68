package dev.sluice.broker.security;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How a listener encrypts, and who it and its clients are by their certificates.
 *
 * @param identity the server's own certificate and key
 * @param trust which authorities may sign clients' certificates; null where clients have none
 * @param clientCertificate whether clients have to show one
 * @param protocols versions of TLS: of {@code TLSv1.3} and {@code TLSv1.2} one or both
 */
public record TlsSettings(
    Identity identity,
    @Nullable Trust trust,
    ClientCertificate clientCertificate,
    List<String> protocols) {

  /** The versions of TLS that are not broken. */
  public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** Whether clients prove who they are by a certificate. */
  public enum ClientCertificate {
    /** They aren't asked for one. */
    NONE,
    /** Who shows none is anonymous. */
    REQUESTED,
    /** Who shows none can't connect. */
    REQUIRED
  }

  /** A certificate with its chain, and its private key. */
  public sealed interface Identity {

    /**
     * A key store.
     *
     * @param type {@code PKCS12} or {@code JKS}
     * @param password of the store and of the key in it
     */
    record StoreFile(Path file, String type, Password password) implements Identity {}

    /**
     * PEM, as authorities hand it out.
     *
     * @param certificates the server's certificate, then those that lead to the authority
     * @param key in PKCS#8
     * @param keyPassword null if the key is not encrypted
     */
    record PemFiles(Path certificates, Path key, @Nullable Password keyPassword)
        implements Identity {}
  }

  /** Certificates of authorities. */
  public sealed interface Trust {

    /** A trust store. */
    record StoreFile(Path file, String type, Password password) implements Trust {}

    /** PEM. */
    record PemFile(Path certificates) implements Trust {}
  }

  /** Refuses what would not be safe. */
  public TlsSettings {
    protocols = List.copyOf(protocols);
    if (protocols.isEmpty() || !PROTOCOLS.containsAll(protocols)) {
      throw new IllegalArgumentException(
          "TLS protocols " + protocols + ": choose from " + PROTOCOLS);
    }
    if (clientCertificate != ClientCertificate.NONE && trust == null) {
      throw new IllegalArgumentException(
          "Clients are asked for certificates, and there is no trust store: say whose to believe");
    }
  }
}
