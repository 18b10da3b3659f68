package dev.sluice.broker.security;

import org.apache.kafka.clients.admin.ScramMechanism;

/** What is to become of one of a user's credentials. */
public sealed interface CredentialChange {

  ScramMechanism mechanism();

  /** The user gets it, in the place of an earlier one for the mechanism. */
  record Put(ScramMechanism mechanism, SaltedPassword password) implements CredentialChange {}

  /** The user has it no longer. */
  record Remove(ScramMechanism mechanism) implements CredentialChange {}
}
