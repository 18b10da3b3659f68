package dev.sluice.gateway.rest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some dead letters, and where to go on. */
@Schema(name = "DeadLetterPage", description = "Some dead letters, and where to go on.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterPageJson(
    @Schema(description = "The newest first.") List<LetterJson> letters,
    @Schema(description = "How many were looked at for it.", examples = "50") long examined,
    @Schema(
            description =
                "Pass it as 'before' to go on; absent at the end. There may be more even if"
                    + " 'letters' is empty: a request looks at 20000 at most.",
            examples = "0:42,1:17")
        @Nullable String next) {}
