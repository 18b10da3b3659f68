package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.SettingDescription;
import dev.sluice.gateway.rest.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/topic-settings}. */
@Path("/api/v1/topic-settings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Topics")
@APIResponse(
    responseCode = "default",
    description = "What went wrong",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class TopicSettingsResource {

  /** What a setting means. */
  @Schema(name = "SettingDescription", description = "What a setting of a topic means.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SettingJson(
      @Schema(description = "Its key.", examples = "retention") String name,
      @Schema(description = "Its name for people.", examples = "Retention") String title,
      @Schema(description = "What it means.") String description,
      @Schema(
              description =
                  "What is written there: duration (7d), size (10GiB), integer, number, boolean,"
                      + " names (true, false or a list of names), choice (one of 'choices'), group"
                      + " (only what is within it). Where there are settings within, an object of"
                      + " these is another choice.",
              enumeration = {
                "duration",
                "size",
                "integer",
                "number",
                "boolean",
                "names",
                "choice",
                "group"
              })
          String kind,
      @Schema(description = "The words that may be written there.") List<String> choices,
      @Schema(description = "The least number.", examples = "1") @Nullable Number minimum,
      @Schema(description = "The greatest number.", examples = "10000") @Nullable Number maximum,
      @Schema(
              description = "What holds where nothing is set; absent if that is nothing at all.",
              examples = "\"16MiB\"")
          @JsonProperty("default")
          @Nullable JsonNode standard,
      @Schema(description = "What may be written there.") List<JsonNode> examples,
      @Schema(description = "What may be set within it.") List<SettingJson> settings) {

    static SettingJson of(SettingDescription setting) {
      return new SettingJson(
          setting.name(),
          setting.title(),
          setting.description(),
          setting.kind().name().toLowerCase(Locale.ROOT),
          setting.choices(),
          setting.minimum(),
          setting.maximum(),
          setting.standard(),
          setting.examples(),
          setting.settings().stream().map(SettingJson::of).toList());
    }
  }

  @GET
  @Operation(
      summary = "Show what can be set for topics",
      description = "What each setting means, and what holds where nothing is set.")
  @APIResponse(responseCode = "200", description = "The settings, in the order of the schema")
  public List<SettingJson> list() {
    return SettingDescription.ofTopics().stream().map(SettingJson::of).toList();
  }
}
