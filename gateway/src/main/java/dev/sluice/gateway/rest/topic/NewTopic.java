package dev.sluice.gateway.rest.topic;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A topic to create. */
@Schema(description = "A topic to create.")
record NewTopic(
    @Schema(
            description =
                "1 to 249 letters, digits, dots, underscores and hyphens; a leading underscore is"
                    + " the gateway's own.",
            required = true,
            examples = "orders")
        @Nullable String name,
    @Schema(description = "How many partitions; 1 if left out.", examples = "6")
        @Nullable Integer partitions,
    @Nullable RetentionJson retention) {}
