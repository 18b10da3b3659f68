package dev.sluice.broker.kafka.quota;

import dev.sluice.broker.metadata.QuotaEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData.ComponentData;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which quotas are asked for.
 *
 * @param components each is to match a part of the entity
 * @param isStrict whether the entity may have no other parts
 */
record QuotaFilter(List<Component> components, boolean isStrict) {

  private static final Set<String> TYPES =
      Set.of(ClientQuotaEntity.USER, ClientQuotaEntity.CLIENT_ID, ClientQuotaEntity.IP);

  /**
   * A component.
   *
   * @param isAnyName whether every name of the type will do, and its default too
   * @param name otherwise this one; null for the type's default
   */
  record Component(String type, boolean isAnyName, @Nullable String name) {

    boolean matches(QuotaEntities.Part part) {
      return type.equals(part.type()) && (isAnyName || Objects.equals(name, part.name()));
    }
  }

  /**
   * The filter of a request.
   *
   * @throws InvalidRequestException if it makes no sense
   * @throws UnsupportedVersionException if it is about a type of entity that is unknown
   */
  static QuotaFilter of(DescribeClientQuotasRequestData request) {
    List<Component> components = new ArrayList<>();
    for (ComponentData data : request.components()) {
      check(data, components);
      components.add(component(data));
    }
    boolean hasIp = components.stream().anyMatch(one -> one.type().equals(ClientQuotaEntity.IP));
    if (hasIp && components.size() > 1) {
      throw new InvalidRequestException(
          "Invalid entity filter component combination: IP goes with no other");
    }
    return new QuotaFilter(components, request.strict());
  }

  private static void check(ComponentData data, List<Component> before) {
    String type = data.entityType();
    if (type.isEmpty()) {
      throw new InvalidRequestException("Invalid empty entity type.");
    }
    if (!TYPES.contains(type)) {
      throw new UnsupportedVersionException("Unsupported entity type " + type);
    }
    if (before.stream().anyMatch(component -> component.type().equals(type))) {
      throw new InvalidRequestException(
          "Entity type " + type + " cannot appear more than once in the filter.");
    }
  }

  private static Component component(ComponentData data) {
    boolean isExact = data.matchType() == DescribeClientQuotasRequest.MATCH_TYPE_EXACT;
    if (isExact != (data.match() != null)) {
      throw new InvalidRequestException(
          "A match string must be there for an exact match, and only for it");
    }
    return switch (data.matchType()) {
      case DescribeClientQuotasRequest.MATCH_TYPE_EXACT,
          DescribeClientQuotasRequest.MATCH_TYPE_DEFAULT ->
          new Component(data.entityType(), false, data.match());
      case DescribeClientQuotasRequest.MATCH_TYPE_SPECIFIED ->
          new Component(data.entityType(), true, null);
      default -> throw new InvalidRequestException("Unknown match type " + data.matchType());
    };
  }

  boolean selects(QuotaEntity entity) {
    List<QuotaEntities.Part> parts = QuotaEntities.parts(entity);
    return (!isStrict || parts.size() == components.size())
        && components.stream().allMatch(one -> parts.stream().anyMatch(one::matches));
  }
}
