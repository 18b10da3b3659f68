package dev.sluice.gateway.rest.deadletter;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many letters a filter takes. */
@Schema(name = "MatchingDeadLetters", description = "How many dead letters a filter takes.")
record MatchingJson(
    @Schema(examples = "12") long matching,
    @Schema(description = "Whether all were looked at; else there are at least so many.")
        boolean complete,
    @Schema(
            description = "Pass it as 'upTo' to mean just these, however many come meanwhile.",
            examples = "0:42,1:17")
        String upTo) {}
