package dev.sluice.broker.quota;

import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.metadata.QuotaEntity.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which limit holds for a client, and with whom the client shares it. A pure function of the
 * limits.
 *
 * @param user whose bytes are counted together; empty if those of all users
 * @param clientId whose bytes are counted together; empty if those of all client ids
 * @param bytesPerSecond how many there may be
 */
record QuotaScope(String user, String clientId, double bytesPerSecond) {

  /** A place where a limit may stand, the most special one first. */
  private record Place(@Nullable Name user, @Nullable Name clientId) {}

  /** The limit of the first place that has one, in the order of KIP-55 and Kafka's manual. */
  static Optional<QuotaScope> of(
      Map<QuotaEntity, Map<String, Double>> limits, String key, String user, String clientId) {
    Name thisUser = new Name(user);
    Name thisClient = new Name(clientId);
    List<Place> places =
        List.of(
            new Place(thisUser, thisClient),
            new Place(thisUser, Name.DEFAULT),
            new Place(thisUser, null),
            new Place(Name.DEFAULT, thisClient),
            new Place(Name.DEFAULT, Name.DEFAULT),
            new Place(Name.DEFAULT, null),
            new Place(null, thisClient),
            new Place(null, Name.DEFAULT));
    for (Place place : places) {
      QuotaEntity entity = new QuotaEntity(place.user(), place.clientId());
      Double limit = limits.getOrDefault(entity, Map.of()).get(key);
      if (limit != null) {
        return Optional.of(
            new QuotaScope(
                place.user() == null ? "" : user, place.clientId() == null ? "" : clientId, limit));
      }
    }
    return Optional.empty();
  }
}
