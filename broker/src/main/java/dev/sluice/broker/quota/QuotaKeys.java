package dev.sluice.broker.quota;

import java.util.List;
import java.util.Set;

/** What Kafka calls its limits. */
final class QuotaKeys {

  /** Those that clients are held to: bytes a second. */
  static final List<String> ENFORCED =
      List.of(key(ClientQuotas.Kind.PRODUCE), key(ClientQuotas.Kind.FETCH));

  /** Those that Kafka has and we have not: nobody should believe them to be in force. */
  static final Set<String> UNENFORCED =
      Set.of("request_percentage", "controller_mutation_rate", "connection_creation_rate");

  private QuotaKeys() {}

  static String key(ClientQuotas.Kind kind) {
    return switch (kind) {
      case PRODUCE -> "producer_byte_rate";
      case FETCH -> "consumer_byte_rate";
    };
  }
}
