package dev.sluice.broker.security;

import dev.sluice.broker.metadata.ClusterMetadata;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * All of it over one metadata log.
 *
 * @param users who there is
 * @param rules what they may do
 * @param access decides by the rules
 * @param authentication how clients prove who they are
 * @param sasl how often they have to, and when they hear that they failed
 * @param failures which failures of authentication are worth a line in the log
 */
public record Security(
    Users users,
    AccessRules rules,
    AccessControl access,
    Authentication authentication,
    SaslSettings sasl,
    RecurringNews<String> failures) {

  /** Follows the metadata from now on. */
  public static Security open(
      ClusterMetadata metadata, SecuritySettings settings, Clock clock, SecureRandom random) {
    return new Security(
        new Users(metadata, random),
        new AccessRules(metadata),
        AclAccessControl.open(metadata, settings.superUsers(), clock),
        new Authentication(metadata, random),
        settings.sasl(),
        new RecurringNews<>(clock));
  }
}
