package dev.sluice.gateway.rest.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.log.GroupState;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A consumer group in a line. */
@Schema(description = "A consumer group in a line.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupSummary(
    @Schema(examples = "connect-warehouse") String name,
    @Schema(description = "As Kafka names it: classic, consumer …", examples = "consumer")
        String type,
    @Schema(description = "What it is doing.") GroupState state,
    @Schema(description = "How many consumers are in it.", examples = "3") int members,
    @Schema(description = "Topics that it has committed positions in.") List<String> topics,
    @Schema(description = "In so many partitions.", examples = "6") int partitions,
    @Schema(description = "Records that wait to be read.", examples = "12") long lag,
    @Schema(description = "The sink or rule whose positions these are; absent if it is none's.")
        @Nullable String connector) {}
