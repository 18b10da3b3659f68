package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.SourceType;
import dev.sluice.gateway.config.DraftResult;
import dev.sluice.gateway.config.DraftResult.DraftProblem;
import dev.sluice.gateway.config.FormSchemas;
import dev.sluice.gateway.manage.ConnectorManager;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Kafka Connect's API for connector types. Immutable: types are found once. */
@Path("/connector-plugins")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Kafka Connect")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class PluginResource {

  private final List<ConnectorType> types;
  private final ObjectMapper json;
  private final FormSchemas schemas;
  private final FlatSpec specs;
  private final ConnectorManager manager;

  PluginResource(ObjectMapper json, FormSchemas schemas, FlatSpec specs, ConnectorManager manager) {
    this.json = json;
    this.schemas = schemas;
    this.specs = specs;
    this.manager = manager;
    types =
        Stream.<ConnectorType>concat(
                ServiceLoader.load(SourceType.class).stream().map(ServiceLoader.Provider::get),
                ServiceLoader.load(SinkType.class).stream().map(ServiceLoader.Provider::get))
            .sorted(Comparator.comparing(ConnectorType::name).thenComparing(PluginResource::type))
            .toList();
  }

  private static String type(ConnectorType type) {
    return switch (type) {
      case SourceType source -> "source";
      case SinkType sink -> "sink";
    };
  }

  @GET
  @Operation(
      summary = "List connector types",
      description = "What a source or sink in the configuration file can be.")
  @APIResponse(responseCode = "200", description = "The types by name")
  public List<ConnectJson.Plugin> list() {
    return types.stream()
        .map(type -> new ConnectJson.Plugin(type.name(), type(type), type.version()))
        .toList();
  }

  @GET
  @Path("/{plugin}/config")
  @Operation(
      summary = "Show what a connector type can be told",
      description = "Its options, in Kafka Connect's form; of a source and a sink, if both exist.")
  @APIResponse(responseCode = "200", description = "The options")
  public List<PluginOption> options(@RestPath String plugin) {
    return named(plugin).stream()
        .flatMap(type -> PluginOption.all(schema(type)).stream())
        .distinct()
        .toList();
  }

  @PUT
  @Path("/{plugin}/config/validate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Check a connector's configuration",
      description =
          "As PUT /connectors/{connector}/config would, and changes nothing. Settings have their"
              + " dotted names.")
  @APIResponse(responseCode = "200", description = "All settings, with what is wrong")
  public ConnectJson.Validation validate(
      @RestPath String plugin, @Nullable Map<String, @Nullable String> config) {
    List<ConnectorType> named = named(plugin);
    if (config == null) {
      throw ApiException.invalid("/", "The body is empty.", "Send an object of settings.");
    }
    Map<String, @Nullable String> given = new HashMap<>(config);
    given.putIfAbsent("connector.class", named.getFirst().name());
    String name = Objects.requireNonNullElse(given.get("name"), plugin);
    ObjectNode spec = specs.of(name, given);
    String kind = spec.has("source") ? "source" : "sink";
    List<DraftProblem> problems =
        switch (manager.check(name, spec, name)) {
          case DraftResult.Valid valid -> List.of();
          case DraftResult.Invalid invalid -> invalid.problems();
        };
    return new PluginValidation(
            schemas.around(kind), schemas.options(kind, spec.path(kind).asText()))
        .of(plugin, given, problems);
  }

  private List<ConnectorType> named(String plugin) {
    List<ConnectorType> named = types.stream().filter(t -> t.name().equals(plugin)).toList();
    if (named.isEmpty()) {
      throw ApiException.unknown(
          "plugin",
          "There is no connector type '" + plugin + "'.",
          "GET /connector-plugins lists the types.");
    }
    return named;
  }

  private JsonNode schema(ConnectorType type) {
    try {
      return json.readTree(type.optionsSchema());
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "The schema of the connector type " + type.name() + " is not JSON", broken);
    }
  }
}
