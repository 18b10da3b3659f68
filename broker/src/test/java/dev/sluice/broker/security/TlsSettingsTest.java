package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.security.TlsSettings.ClientCertificate;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsSettingsTest {

  @TempDir private Path directory = Path.of(".");

  private static TlsSettings server(TlsSettings.Identity identity) {
    return new TlsSettings(identity, null, ClientCertificate.NONE, TlsSettings.PROTOCOLS);
  }

  @Test
  void keysAreReadFromAStoreAndFromPem() {
    TestCertificate certificate = TestCertificate.create(directory, "server", "CN=broker");
    assertThat(TlsContexts.of(server(certificate.asPkcs12()))).isNotNull();
    assertThat(TlsContexts.of(server(certificate.asPem()))).isNotNull();
    assertThatThrownBy(
            () ->
                TlsContexts.of(
                    server(
                        new TlsSettings.Identity.StoreFile(
                            certificate.store(), "PKCS12", new Password("a wrong one")))))
        .isInstanceOf(KafkaException.class)
        .hasMessageNotContaining("a wrong one");
    assertThatThrownBy(
            () ->
                TlsContexts.of(
                    server(
                        new TlsSettings.Identity.PemFiles(
                            certificate.key(), certificate.certificate(), null))))
        .isInstanceOf(KafkaException.class);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(
            () -> TlsContexts.of(server(new TlsSettings.Identity.PemFiles(missing, missing, null))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.pem");
  }

  @Test
  void whatWouldNotBeSafeIsRefused() {
    TlsSettings.Identity identity = new TlsSettings.Identity.PemFiles(directory, directory, null);
    assertThatThrownBy(
            () ->
                new TlsSettings(identity, null, ClientCertificate.REQUIRED, TlsSettings.PROTOCOLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whose to believe");
    for (List<String> protocols : List.of(List.of("TLSv1.1"), List.<String>of())) {
      assertThatThrownBy(() -> new TlsSettings(identity, null, ClientCertificate.NONE, protocols))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("choose from");
    }
  }
}
