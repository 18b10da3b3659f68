package dev.sluice.broker.security;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.Credential;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;
import org.apache.kafka.common.security.plain.internals.PlainSaslServer;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCredentialCallback;

/**
 * How clients prove who they are: by SASL's PLAIN, where the password itself is sent and held
 * against the user's credentials, and by SCRAM. Someone who isn't a user can't be told from a user
 * with a wrong password, neither by what is answered nor by how long it takes. Thread-safe.
 */
public final class Authentication {

  private static final String PLAIN = PlainSaslServer.PLAIN_MECHANISM;

  /** What can be switched on, in the order in which it is offered. */
  public static final List<String> MECHANISMS =
      Stream.concat(
              Stream.of(PLAIN),
              ScramPasswords.MECHANISMS.stream().map(ScramMechanism::mechanismName))
          .toList();

  /** Longer passwords are wrong without a look. */
  private static final int MAX_PASSWORD_CHARS = 1024;

  private static final int HASHING_WAIT_SECONDS = 10;

  private final ClusterMetadata metadata;
  private final Decoys decoys;

  /** Hashing must leave processors to others, who would wait behind it. */
  private final Semaphore hashing =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  Authentication(ClusterMetadata metadata, SecureRandom random) {
    this.metadata = metadata;
    this.decoys = new Decoys(random);
  }

  /**
   * Begins an exchange, for one client and one thread.
   *
   * @throws UnsupportedSaslMechanismException if there is no such mechanism
   */
  public SaslServer begin(String mechanism) {
    if (mechanism.equals(PLAIN)) {
      return new PlainSaslServer(this::answerPlain);
    }
    ScramMechanism scram = ScramMechanism.fromMechanismName(mechanism);
    if (scram == ScramMechanism.UNKNOWN) {
      throw new UnsupportedSaslMechanismException("Unsupported SASL mechanism " + mechanism);
    }
    try {
      return new ScramSaslServer(
          ScramPasswords.internal(scram), Map.of(), callbacks -> answerScram(scram, callbacks));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This Java can't do " + mechanism, impossible);
    }
  }

  private void answerPlain(Callback[] callbacks) throws UnsupportedCallbackException {
    String user = "";
    for (Callback callback : callbacks) {
      switch (callback) {
        case NameCallback name -> user = name.getDefaultName();
        case PlainAuthenticateCallback plain ->
            plain.authenticated(knows(user, new String(plain.password())));
        default -> throw new UnsupportedCallbackException(callback);
      }
    }
  }

  private void answerScram(ScramMechanism mechanism, Callback[] callbacks)
      throws UnsupportedCallbackException {
    String user = "";
    for (Callback callback : callbacks) {
      switch (callback) {
        case NameCallback name -> user = name.getDefaultName();
        // There are no delegation tokens; what is asked for and not found is refused.
        case DelegationTokenCredentialCallback token -> token.tokenOwner(null);
        case ScramCredentialCallback scram ->
            scram.scramCredential(ScramPasswords.decode(credentialOrDecoy(user, mechanism)));
        default -> throw new UnsupportedCallbackException(callback);
      }
    }
  }

  /** Whether someone knows a password of a user's; does the same work in any case. */
  private boolean knows(String user, String password) {
    if (password.length() > MAX_PASSWORD_CHARS || !mayHash()) {
      return false;
    }
    try {
      boolean known = false;
      for (ScramMechanism mechanism : ScramPasswords.MECHANISMS) {
        known |= ScramPasswords.matches(password, credentialOrDecoy(user, mechanism));
      }
      return known;
    } finally {
      hashing.release();
    }
  }

  private boolean mayHash() {
    try {
      return hashing.tryAcquire(HASHING_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Credential credentialOrDecoy(String user, ScramMechanism mechanism) {
    Credential decoy = decoys.of(user, mechanism);
    return metadata.state().security().credentials(user).getOrDefault(mechanism, decoy);
  }
}
