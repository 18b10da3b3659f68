package dev.sluice.gateway.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One of several mistakes in what was sent. */
@Schema(description = "One of several mistakes in what was sent.")
public record Mistake(
    @Schema(
            description = "A JSON pointer to the member at fault; empty if all of it is meant.",
            examples = "/config/url")
        String path,
    @Schema(description = "What is wrong.", examples = "'10 bananas' is not a duration")
        String message,
    @Schema(description = "What to do; empty if the message says it all.", examples = "write 10s")
        String suggestion) {}
