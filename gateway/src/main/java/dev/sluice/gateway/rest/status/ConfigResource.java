package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.GatewayConfig;
import dev.sluice.gateway.rest.Problem;
import dev.sluice.gateway.rest.topic.SettingsJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/config}. */
@Path("/api/v1/config")
@RunOnVirtualThread
@Tag(name = "Configuration", description = "What the gateway was told to do.")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ConfigResource {

  private final LoadedConfig loaded;
  private final ConfigSchema schema;

  ConfigResource(LoadedConfig loaded, ConfigSchema schema) {
    this.loaded = loaded;
    this.schema = schema;
  }

  /** The configuration as people may see it. */
  @Schema(name = "Config", description = "The configuration in effect, without secrets.")
  record ConfigJson(
      ServerJson server,
      @Schema(description = "Declared topics by name.") SortedMap<String, DeclaredTopic> topics,
      @Schema(description = "Declared sources, sinks and rules by name, secrets masked.")
          SortedMap<String, Map<String, Object>> connectors) {}

  /** Settings of the process. */
  @Schema(name = "Server", description = "Settings of the process.")
  record ServerJson(
      @Schema(examples = "127.0.0.1") String host,
      @Schema(examples = "8080") int httpPort,
      @Schema(examples = "9092") int kafkaPort,
      @Schema(examples = "data") String dataDirectory) {}

  /** A declared topic. */
  @Schema(description = "A topic as it was declared.")
  record DeclaredTopic(
      @Schema(examples = "6") int partitions, @JsonUnwrapped SettingsJson settings) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Show the configuration",
      description = "The one in effect, secrets masked, references as they were written.")
  @APIResponse(responseCode = "200", description = "The configuration")
  public ConfigJson config() {
    GatewayConfig config = loaded.current();
    return new ConfigJson(
        new ServerJson(
            config.server().host(),
            config.server().httpPort(),
            config.server().kafka().listeners().getFirst().port(),
            config.server().dataDirectory().toString()),
        mapped(
            config.topics(),
            topic -> new DeclaredTopic(topic.partitions(), SettingsJson.of(topic.settings()))),
        mapped(config.connectors(), ConnectorSpec::displayConfig));
  }

  private static <A, B> SortedMap<String, B> mapped(Map<String, A> map, Function<A, B> function) {
    SortedMap<String, B> result = new TreeMap<>();
    map.forEach((name, value) -> result.put(name, function.apply(value)));
    return result;
  }

  @GET
  @Path("/schema")
  @Produces("application/schema+json")
  @Operation(
      summary = "Show the configuration file's JSON Schema",
      description = "For editors that complete and check gateway.yaml while one types.")
  @APIResponse(
      responseCode = "200",
      description = "The schema, draft 2020-12",
      content =
          @Content(
              mediaType = "application/schema+json",
              schema = @Schema(type = SchemaType.OBJECT)))
  public String schema() {
    return schema.json();
  }
}
