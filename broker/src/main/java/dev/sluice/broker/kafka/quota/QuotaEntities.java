package dev.sluice.broker.kafka.quota;

import dev.sluice.broker.metadata.QuotaEntity;
import dev.sluice.broker.metadata.QuotaEntity.Name;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** Whom a quota is for, as it goes over the wire: parts that have a type and maybe a name. */
final class QuotaEntities {

  /**
   * A part.
   *
   * @param type one of {@link ClientQuotaEntity}'s
   * @param name null for the default of the type
   */
  record Part(String type, @Nullable String name) {}

  private QuotaEntities() {}

  /**
   * The entity that parts add up to.
   *
   * @throws InvalidRequestException if there is no such, or we have no quotas for it
   */
  static QuotaEntity of(List<Part> parts) {
    Name user = null;
    Name clientId = null;
    for (Part part : parts) {
      check(part);
      boolean isUser = part.type().equals(ClientQuotaEntity.USER);
      if ((isUser ? user : clientId) != null) {
        throw new InvalidRequestException(
            "Invalid client quota entity, duplicate entity entry " + part.type());
      }
      if (isUser) {
        user = new Name(part.name());
      } else {
        clientId = new Name(part.name());
      }
    }
    if (user == null && clientId == null) {
      throw new InvalidRequestException("Invalid empty client quota entity");
    }
    return new QuotaEntity(user, clientId);
  }

  private static void check(Part part) {
    switch (part.type()) {
      case ClientQuotaEntity.USER, ClientQuotaEntity.CLIENT_ID -> {
        if (part.name() != null && part.name().isEmpty()) {
          throw new InvalidRequestException("Empty " + part.type() + " not supported");
        }
      }
      case ClientQuotaEntity.IP ->
          throw new InvalidRequestException(
              "This server can't limit the connections of an IP address; it has quotas of users"
                  + " and client ids");
      default ->
          throw new InvalidRequestException("Unhandled client quota entity type: " + part.type());
    }
  }

  static List<Part> parts(QuotaEntity entity) {
    List<Part> parts = new ArrayList<>();
    if (entity.user() != null) {
      parts.add(new Part(ClientQuotaEntity.USER, entity.user().name()));
    }
    if (entity.clientId() != null) {
      parts.add(new Part(ClientQuotaEntity.CLIENT_ID, entity.clientId().name()));
    }
    return parts;
  }
}
