package dev.sluice.gateway.rest.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.DraftResult;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.PositionsElsewhereException;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.manage.ChangeResult;
import dev.sluice.gateway.manage.ConnectorManager;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.ApiException.Category;
import dev.sluice.gateway.rest.KnownConnectors;
import dev.sluice.gateway.rest.Parameters;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.status.ConnectorJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What changes connectors under {@code /api/v1/connectors}. */
@Path("/api/v1/connectors")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Connectors")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConnectorEditResource {

  private final ConnectorManager manager;
  private final Connectors connectors;
  private final KnownConnectors known;

  ConnectorEditResource(ConnectorManager manager, Connectors connectors, KnownConnectors known) {
    this.manager = manager;
    this.connectors = connectors;
    this.known = known;
  }

  @POST
  @Path("/check")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Check a connector's declaration",
      description =
          "As PUT would, and changes nothing. Answers all mistakes at once, and the YAML that"
              + " stands for it.")
  @APIResponse(responseCode = "200", description = "What was found")
  public ManageJson.Checked check(ManageJson.@Nullable Draft draft) {
    if (draft == null || draft.spec() == null) {
      throw ApiException.invalid("/spec", "There is no 'spec'.", "Send {\"name\", \"spec\"}.");
    }
    String name = draft.name() == null ? "" : draft.name();
    DraftResult result = manager.check(name, draft.spec(), draft.replaces());
    return switch (result) {
      case DraftResult.Valid valid -> new ManageJson.Checked(List.of(), valid.yaml());
      case DraftResult.Invalid invalid ->
          new ManageJson.Checked(Refusals.mistakes(invalid.problems(), ""), invalid.yaml());
    };
  }

  @PUT
  @Path("/{connector}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Make or change a connector",
      description =
          "The body is the JSON form of what would stand under the connector's name in the"
              + " configuration file; of a rule if it has 'from' and 'to'. It is durable when this"
              + " answers. Literal secrets are kept apart; a reference ${secret:...} that comes"
              + " back unchanged keeps its secret. 409 if the configuration file declares the"
              + " name. With 'If-None-Match: *' it makes and never changes: 412 if there is a"
              + " connector of this name. With If-Match it changes only what was seen: 412 if"
              + " somebody else has changed the connector, or its secrets, since then.")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      examples = "{\"sink\": \"console\", \"topics\": [\"orders\"]}")))
  @APIResponse(
      responseCode = "200",
      description = "It was there, and is so now",
      content = @Content(schema = @Schema(implementation = ConnectorJson.class)))
  @APIResponse(
      responseCode = "201",
      description = "It was made",
      content = @Content(schema = @Schema(implementation = ConnectorJson.class)))
  public Response put(
      @RestPath String connector,
      @Parameter(description = "'*' if there must be no connector of this name.", example = "*")
          @RestHeader(HttpHeaders.IF_NONE_MATCH)
          @Nullable String ifNoneMatch,
      @Parameter(
              description =
                  "The ETag that GET answered with what the change was made from; more than one,"
                      + " and '*' for any, may be given.",
              example = "\"5f3c\"")
          @RestHeader(HttpHeaders.IF_MATCH)
          @Nullable String ifMatch,
      @Nullable JsonNode spec) {
    if (spec == null) {
      throw ApiException.invalid("/", "The body is empty.", "Send the connector's declaration.");
    }
    return switch (put(connector, spec, ifNoneMatch, ifMatch)) {
      case ChangeResult.Created created ->
          Response.created(URI.create("/api/v1/connectors/" + created.spec().name()))
              .entity(json(connector))
              .build();
      case ChangeResult.Changed changed -> Response.ok(json(connector)).build();
      case ChangeResult.Exists exists ->
          throw new ApiException(
              412,
              "connector-exists",
              Category.USER,
              "There is a connector '" + connector + "' already.",
              null,
              "Choose another name, or change that one.");
      case ChangeResult refused -> throw Refusals.of(refused);
    };
  }

  private ChangeResult put(
      String connector, JsonNode spec, @Nullable String ifNoneMatch, @Nullable String ifMatch) {
    // Only '*' is looked at: who means a version says so by If-Match.
    if (ifNoneMatch != null && ifNoneMatch.strip().equals("*")) {
      return manager.create(connector, spec);
    }
    return ifMatch == null
        ? manager.put(connector, spec)
        : manager.replace(connector, spec, EntityTags.of(ifMatch)::contains);
  }

  @DELETE
  @Path("/{connector}")
  @Operation(
      summary = "Delete a connector",
      description =
          "One that was made over HTTP, with its secrets. Its topics and records stay, and so does"
              + " where it stood unless that is to be forgotten, too. 409 if the configuration"
              + " file declares it.")
  @APIResponse(responseCode = "200", description = "What was deleted, and what stays")
  public ManageJson.Deleted delete(
      @RestPath String connector,
      @Parameter(
              description =
                  "Whether to forget where it stood, and the group of a sink or rule. It must have"
                      + " been stopped then.")
          @RestQuery
          @Nullable String forgetPositions) {
    boolean forget = Parameters.flag("forgetPositions", forgetPositions);
    List<String> seen = connectors.find(connector).map(ConnectorView::topics).orElse(List.of());
    return switch (remove(connector, forget)) {
      case ChangeResult.Removed removed -> deleted(removed.spec(), forget, seen);
      case ChangeResult refused -> throw Refusals.of(refused);
    };
  }

  private ChangeResult remove(String connector, boolean forget) {
    try {
      return manager.remove(connector, forget);
    } catch (PositionsElsewhereException elsewhere) {
      throw ApiException.conflict(
          "positions-in-target",
          "Where '%s' stands can't be forgotten from here: %s"
              .formatted(connector, elsewhere.getMessage()),
          "Delete it without forgetPositions, and forget its positions where it writes.");
    } catch (IllegalStateException running) {
      throw ApiException.conflict(
          "connector-not-stopped",
          "Where '%s' stands can't be forgotten now: %s".formatted(connector, running.getMessage()),
          "PUT /connectors/" + connector + "/stop first, and wait for its tasks to stop.");
    }
  }

  private static ManageJson.Deleted deleted(
      ConnectorSpec spec, boolean forgotten, List<String> seen) {
    Set<String> topics = new TreeSet<>(seen);
    topics.addAll(spec.topics());
    if (spec.topic() != null && spec.topic().indexOf('{') < 0) {
      topics.add(spec.topic());
    }
    boolean hasGroup = spec.kind() != ConnectorSpec.Kind.SOURCE && !forgotten;
    return new ManageJson.Deleted(
        spec.name(),
        forgotten,
        hasGroup ? Groups.ofConnector(spec.name()) : null,
        List.copyOf(topics));
  }

  private ConnectorJson json(String connector) {
    return ConnectorJson.of(known.require(connector), connectors.capture(connector).isPresent());
  }
}
