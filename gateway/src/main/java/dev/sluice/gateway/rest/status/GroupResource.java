package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/groups}. */
@Path("/api/v1/groups")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Status")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class GroupResource {

  private static final String CONNECTOR = Groups.CONNECTOR_PREFIX;

  private final Groups groups;
  private final Records records;
  private final Connectors connectors;

  GroupResource(Groups groups, Records records, Connectors connectors) {
    this.groups = groups;
    this.records = records;
    this.connectors = connectors;
  }

  /** A consumer group. */
  @Schema(name = "Group", description = "A consumer group.")
  record GroupJson(
      @Schema(examples = "connect-warehouse") String name,
      @Schema(description = "Records that wait to be read.", examples = "12") long lag,
      @Schema(description = "Its positions.") List<PositionJson> offsets) {}

  /** A group's position in a partition. */
  @Schema(name = "GroupPosition", description = "A group's position in a partition.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PositionJson(
      @Schema(examples = "orders") String topic,
      @Schema(examples = "0") int partition,
      @Schema(description = "The next record to read.", examples = "30") long offset,
      @Schema(description = "Where the partition ends; absent if it can't be read.")
          @Nullable Long endOffset,
      @Schema(description = "Records between the two; absent if it can't be read.")
          @Nullable Long lag) {}

  @GET
  @Operation(
      summary = "List consumer groups",
      description = "With the offsets that they have committed. A sink 'x' is the group connect-x.")
  @APIResponse(responseCode = "200", description = "The groups by name")
  public List<GroupJson> list() {
    return groups.list().stream().map(this::describe).toList();
  }

  @GET
  @Path("/{group}")
  @Operation(summary = "Show a consumer group", description = "Its offsets and its lag.")
  @APIResponse(responseCode = "200", description = "The group")
  public GroupJson get(@RestPath String group) {
    if (!groups.list().contains(group)) {
      throw ApiException.unknown(
          "group",
          "There is no group '" + group + "' that has committed anything.",
          "GET /api/v1/groups lists the groups.");
    }
    return describe(group);
  }

  @DELETE
  @Path("/{group}")
  @Operation(
      summary = "Delete a consumer group",
      description =
          "Forgets its offsets. Records that were kept only until this group had read them may be"
              + " deleted then. Not for the group of a connector that is declared.")
  @APIResponse(responseCode = "204", description = "It is gone")
  public void delete(@RestPath String group) {
    GroupJson known = get(group);
    String connector = group.substring(Math.min(group.length(), CONNECTOR.length()));
    if (group.startsWith(CONNECTOR) && connectors.find(connector).isPresent()) {
      throw ApiException.conflict(
          "connector-declared",
          "The group '" + known.name() + "' is that of the connector '" + connector + "'.",
          "Remove the connector first, or reset its positions with DELETE /connectors/"
              + connector
              + "/offsets.");
    }
    groups.delete(group);
  }

  private GroupJson describe(String group) {
    List<PositionJson> positions =
        groups.committed(group).entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> position(entry.getKey(), entry.getValue()))
            .toList();
    long lag =
        positions.stream()
            .map(PositionJson::lag)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
    return new GroupJson(group, lag, positions);
  }

  /** A topic that was deleted or is offline has no end, and does not hide the others. */
  private PositionJson position(TopicPartition tp, long offset) {
    try {
      long end = records.endOffset(tp);
      return new PositionJson(tp.topic(), tp.partition(), offset, end, Math.max(0, end - offset));
    } catch (LogException unreadable) {
      return new PositionJson(tp.topic(), tp.partition(), offset, null, null);
    }
  }
}
