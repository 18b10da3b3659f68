package dev.sluice.broker.security;

import java.util.Set;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * What about security is in the configuration; users and rules are in the metadata.
 *
 * @param superUsers may do everything, whatever the rules say
 * @param sasl how listeners with SASL authenticate clients
 */
public record SecuritySettings(Set<KafkaPrincipal> superUsers, SaslSettings sasl) {

  /** No super users. */
  public static final SecuritySettings DEFAULT =
      new SecuritySettings(Set.of(), SaslSettings.DEFAULT);

  /** Copies what it is given. */
  public SecuritySettings {
    superUsers = Set.copyOf(superUsers);
  }
}
