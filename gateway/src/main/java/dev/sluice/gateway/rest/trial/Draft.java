package dev.sluice.gateway.rest.trial;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A connector that may not exist, as it is sent.
 *
 * @param limit for a preview only
 */
@Schema(name = "ConnectorDraft", description = "A connector's declaration that is to be tried.")
record Draft(
    @Schema(
            description = "What the connector is or would be called.",
            required = true,
            examples = "shop")
        @Nullable String name,
    @Schema(
            type = SchemaType.OBJECT,
            description = "What stands or would stand under connectors.NAME in the configuration.",
            required = true,
            examples = "{\"source\": \"simulator\", \"topic\": \"temperatures\"}")
        @Nullable JsonNode spec,
    @Schema(description = "Of a preview: so many records, 1 to 100; 10 if absent.", examples = "10")
        @Nullable Integer limit) {}
