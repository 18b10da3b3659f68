package dev.sluice.gateway.rest.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.rest.Mistake;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shapes of questions and answers about connectors' declarations. */
final class ManageJson {

  private ManageJson() {}

  /** A connector type. */
  @Schema(name = "ConnectorType", description = "What a source or sink can be.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TypeJson(
      @Schema(examples = "postgres-cdc") String name,
      @Schema(
              description = "source or sink.",
              enumeration = {"source", "sink"},
              examples = "source")
          String kind,
      @Schema(description = "A short title.", examples = "PostgreSQL changes") String title,
      @Schema(description = "What it reads or writes, and what it guarantees.") String description,
      @Schema(examples = "0.1.0") String version,
      @Schema(
              type = SchemaType.OBJECT,
              description =
                  "The JSON Schema of its options, which stand under 'config': without $ref, our"
                      + " formats as patterns, secret options 'writeOnly'.")
          JsonNode schema,
      @Schema(description = "Whether POST /api/v1/connectors/preview can show its records.")
          boolean preview,
      @Schema(
              description =
                  "Which records a preview shows, or why there is none; absent for sinks.")
          @Nullable String previewNote) {}

  /** The schemas of what stands around a connector's options. */
  @Schema(
      name = "ConnectorSpecSchemas",
      description = "JSON Schemas of declarations by kind, without those of the types' options.")
  record SpecSchemas(
      @Schema(type = SchemaType.OBJECT) JsonNode source,
      @Schema(type = SchemaType.OBJECT) JsonNode sink,
      @Schema(type = SchemaType.OBJECT) JsonNode rule) {}

  /** A declaration that is to be checked. */
  @Schema(name = "ConnectorDraft", description = "A declaration that is to be checked.")
  record Draft(
      @Schema(examples = "shop") @Nullable String name,
      @Schema(
              type = SchemaType.OBJECT,
              description = "The JSON form of what would stand under the name in the file.",
              examples = "{\"sink\": \"console\", \"topics\": [\"orders\"]}")
          @Nullable JsonNode spec,
      @Schema(
              description =
                  "The name of the connector that this is a change of; absent for a new one.",
              examples = "shop")
          @Nullable String replaces) {}

  /** What came of a check. */
  @Schema(name = "ConnectorCheck", description = "What came of a check; nothing was changed.")
  record Checked(
      @Schema(description = "All mistakes; none if it can be used.") List<Mistake> problems,
      @Schema(
              description =
                  "What would stand for it in the configuration file. A secret that was given as"
                      + " text is a reference to an environment variable there.")
          String yaml) {}

  /** What was deleted, and what stays. */
  @Schema(name = "DeletedConnector", description = "What was deleted, and what stays.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Deleted(
      @Schema(examples = "shop") String name,
      @Schema(
              description =
                  "Whether where it stood is forgotten; else a connector of this name goes on from"
                      + " there.")
          boolean positionsForgotten,
      @Schema(
              description =
                  "The consumer group of a sink or rule that stays, with the records that wait for"
                      + " it; absent if there is none. DELETE /api/v1/groups/{group} forgets it.",
              examples = "connect-warehouse")
          @Nullable String group,
      @Schema(description = "Topics that it wrote or read, which stay with their records.")
          List<String> topics) {}
}
