package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whom a quota is for: those of a user, of a client id, or of both together.
 *
 * @param user which user; null if the quota is not about users
 * @param clientId which client id; null if the quota is not about client ids
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuotaEntity(@Nullable Name user, @Nullable Name clientId) {

  /**
   * One, or those that have no quota of their own.
   *
   * @param name null for all others
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Name(@Nullable String name) {

    /** Those that have no quota of their own. */
    public static final Name DEFAULT = new Name(null);
  }

  /** Refuses a quota for nobody. */
  public QuotaEntity {
    if (user == null && clientId == null) {
      throw new IllegalArgumentException("A quota is for a user, a client id or both");
    }
  }

  @Override
  public String toString() {
    String ofUser = user == null ? "" : "user " + text(user);
    String ofClient = clientId == null ? "" : "client id " + text(clientId);
    return ofUser + (user == null || clientId == null ? "" : ", ") + ofClient;
  }

  private static String text(Name name) {
    return name.name() == null ? "(default)" : "'" + name.name() + "'";
  }
}
