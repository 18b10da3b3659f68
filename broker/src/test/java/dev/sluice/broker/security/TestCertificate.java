package dev.sluice.broker.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.apache.kafka.common.config.types.Password;

/**
 * A certificate for 127.0.0.1 that is signed by itself, with its key, in all forms.
 *
 * @param store both as PKCS12
 * @param certificate the certificate as PEM
 * @param key the key as PEM, PKCS#8, not encrypted
 */
public record TestCertificate(Path store, Path certificate, Path key) {

  /** Of the store. */
  public static final String PASSWORD = "changeit";

  /** Has the JDK's keytool make one. */
  public static TestCertificate create(Path directory, String name, String distinguishedName) {
    Path store = directory.resolve(name + ".p12");
    try {
      keytool(store, distinguishedName);
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        loaded.load(in, PASSWORD.toCharArray());
      }
      byte[] certificate = loaded.getCertificate("it").getEncoded();
      byte[] key = loaded.getKey("it", PASSWORD.toCharArray()).getEncoded();
      return new TestCertificate(
          store,
          Files.writeString(directory.resolve(name + ".pem"), pem("CERTIFICATE", certificate)),
          Files.writeString(directory.resolve(name + ".key"), pem("PRIVATE KEY", key)));
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void keytool(Path store, String distinguishedName)
      throws IOException, InterruptedException {
    Path log = store.resolveSibling(store.getFileName() + ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                distinguishedName,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError(Files.readString(log));
    }
  }

  private static String pem(String type, byte[] bytes) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(type, lines.encodeToString(bytes), type);
  }

  /** As a server's identity. */
  public TlsSettings.Identity asPkcs12() {
    return new TlsSettings.Identity.StoreFile(store, "PKCS12", new Password(PASSWORD));
  }

  /** As a server's identity. */
  public TlsSettings.Identity asPem() {
    return new TlsSettings.Identity.PemFiles(certificate, key, null);
  }
}
