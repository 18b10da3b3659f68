package dev.sluice.broker.quota;

import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.jspecify.annotations.Nullable;

/** Keeps clients to their quotas. Thread-safe; never blocks. */
public interface ClientQuotas {

  /** Nobody has a quota. */
  ClientQuotas NONE = (kind, user, clientId, bytes) -> 0;

  /** What is limited. */
  enum Kind {
    /** Bytes sent to us in Produce. */
    PRODUCE,
    /** Bytes sent by us for Fetch. */
    FETCH
  }

  /**
   * Counts bytes.
   *
   * @param clientId null from clients that don't say who they are
   * @return for how many milliseconds the client has to be silent now, 0 if it is within its quota
   */
  int record(Kind kind, KafkaPrincipal user, @Nullable String clientId, long bytes);
}
