package dev.sluice.broker.security;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.Credential;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataLimits;
import dev.sluice.broker.metadata.MetadataState;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.errors.DuplicateResourceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;

/**
 * The users there are. Of a password nothing is kept but what proves that someone knows it. With
 * the first user the server is open no more: see {@link AclAccessControl}. Thread-safe; a change is
 * durable when the method returns.
 */
public final class Users {

  /** How often a password is hashed where nobody says otherwise; the fewest that SCRAM allows. */
  public static final int DEFAULT_ITERATIONS = 4096;

  private static final int MAX_ITERATIONS = 16_384;
  private static final int MAX_SALT_BYTES = 256;

  private final ClusterMetadata metadata;
  private final SecureRandom random;

  public Users(ClusterMetadata metadata, SecureRandom random) {
    this.metadata = metadata;
    this.random = random;
  }

  /** For each user the credentials by mechanism. */
  public SortedMap<String, Map<ScramMechanism, Credential>> all() {
    return metadata.state().security().users();
  }

  /**
   * Adds a user who can come in by every mechanism, or changes a user's password.
   *
   * @throws UnacceptableCredentialException if the name or the password is empty
   */
  public void put(String name, String password) {
    if (password.isEmpty()) {
      throw new UnacceptableCredentialException("Password must not be empty");
    }
    change(
        name,
        ScramPasswords.MECHANISMS.stream()
            .map(mechanism -> new CredentialChange.Put(mechanism, salt(password, mechanism)))
            .toList());
  }

  /**
   * As {@link #put}, but writes nothing if the user can come in with this password by every
   * mechanism already.
   *
   * @throws UnacceptableCredentialException if the name or the password is empty
   */
  public synchronized void ensure(String name, String password) {
    Map<ScramMechanism, Credential> there = credentials(name);
    boolean isSame =
        there.keySet().containsAll(ScramPasswords.MECHANISMS)
            && there.values().stream().allMatch(each -> ScramPasswords.matches(password, each));
    if (!isSame) {
      put(name, password);
    }
  }

  private SaltedPassword salt(String password, ScramMechanism mechanism) {
    byte[] salt = ScramFormatter.secureRandomBytes(random);
    byte[] salted = ScramPasswords.salt(password, mechanism, salt, DEFAULT_ITERATIONS);
    return new SaltedPassword(salt, salted, DEFAULT_ITERATIONS);
  }

  /**
   * Removes a user with all credentials.
   *
   * @throws ResourceNotFoundException if there is no such user
   */
  public synchronized void remove(String name) {
    Map<ScramMechanism, Credential> credentials = credentials(name);
    if (credentials.isEmpty()) {
      throw new ResourceNotFoundException("There is no user '" + name + "'");
    }
    change(
        name,
        credentials.keySet().stream()
            .map(mechanism -> (CredentialChange) new CredentialChange.Remove(mechanism))
            .toList());
  }

  /**
   * Changes credentials of a user, the limits being Kafka's. If one change can't be, none is made.
   * Who has no credentials left is no user any more.
   *
   * @throws UnacceptableCredentialException if a credential is too weak, or can't be one
   * @throws UnsupportedSaslMechanismException if there is no such mechanism
   * @throws DuplicateResourceException if there are two changes for a mechanism
   * @throws ResourceNotFoundException if a credential that is to be removed isn't there
   * @throws PolicyViolationException if there are too many users
   */
  public synchronized void change(String name, List<? extends CredentialChange> changes) {
    if (name.isEmpty()) {
      throw new UnacceptableCredentialException("Username must not be empty");
    }
    if (changes.stream().map(CredentialChange::mechanism).distinct().count() < changes.size()) {
      throw new DuplicateResourceException(
          "A user credential cannot be altered twice in the same request");
    }
    changes.forEach(change -> check(name, change));
    if (credentials(name).isEmpty()) {
      MetadataLimits.require(all().size() + 1, MetadataLimits.MAX_USERS, "users");
    }
    changes.stream().map(change -> command(name, change)).forEach(this::carryOut);
  }

  private void carryOut(MetadataCommand command) {
    MetadataState unused = metadata.change(command);
  }

  private static MetadataCommand command(String name, CredentialChange change) {
    return switch (change) {
      case CredentialChange.Put put ->
          new MetadataCommand.PutCredential(
              name, ScramPasswords.credential(put.mechanism(), put.password()));
      case CredentialChange.Remove remove ->
          new MetadataCommand.RemoveCredential(name, remove.mechanism());
    };
  }

  private void check(String name, CredentialChange change) {
    if (change.mechanism() == ScramMechanism.UNKNOWN) {
      throw new UnsupportedSaslMechanismException("Unknown SCRAM mechanism");
    }
    switch (change) {
      case CredentialChange.Put put -> check(put.mechanism(), put.password());
      case CredentialChange.Remove remove -> {
        if (!credentials(name).containsKey(remove.mechanism())) {
          throw new ResourceNotFoundException(
              "Attempt to delete a user credential that does not exist");
        }
      }
    }
  }

  private static void check(ScramMechanism mechanism, SaltedPassword password) {
    if (password.iterations() < ScramPasswords.internal(mechanism).minIterations()) {
      throw new UnacceptableCredentialException("Too few iterations");
    }
    if (password.iterations() > MAX_ITERATIONS) {
      throw new UnacceptableCredentialException("Too many iterations");
    }
    if (password.salt().length == 0 || password.salt().length > MAX_SALT_BYTES) {
      throw new UnacceptableCredentialException(
          "The salt must have 1 to " + MAX_SALT_BYTES + " bytes");
    }
    if (password.salted().length != ScramPasswords.saltedBytes(mechanism)) {
      throw new UnacceptableCredentialException(
          "The salted password must have as many bytes as the mechanism's hash");
    }
  }

  private Map<ScramMechanism, Credential> credentials(String name) {
    return metadata.state().security().credentials(name);
  }
}
