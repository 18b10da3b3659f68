package dev.sluice.broker.security;

import dev.sluice.broker.metadata.ClusterMetadata;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * All of it over one metadata log.
 *
 * @param users who there is
 * @param authentication how they prove it
 * @param rules what they may do
 * @param access decides by the rules
 */
public record Security(
    Users users, Authentication authentication, AccessRules rules, AccessControl access) {

  /**
   * Follows the metadata from now on.
   *
   * @param superUsers may do everything, whatever the rules say
   */
  public static Security open(
      ClusterMetadata metadata, Set<KafkaPrincipal> superUsers, Clock clock, SecureRandom random) {
    return new Security(
        new Users(metadata, random),
        new Authentication(metadata, random),
        new AccessRules(metadata),
        AclAccessControl.open(metadata, superUsers, clock));
  }
}
