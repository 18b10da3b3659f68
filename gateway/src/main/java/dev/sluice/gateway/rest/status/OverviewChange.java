package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.rest.group.GroupSummary;
import dev.sluice.gateway.rest.status.Overview.Flows;
import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is different from the overview before. */
@Schema(
    description =
        "What is different from the overview before: of each list the new and changed ones, which"
            + " take the place of those of the same name, and the names of those that are gone.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OverviewChange(
    Instant time,
    @Schema(description = "When history was last sampled.") @Nullable Instant sampledAt,
    @Schema(description = "The whole list; absent if it is as before.")
        @Nullable List<Attention> attention,
    @Schema(description = "The whole list; there and absent together with the one before.")
        @Nullable List<AttentionList.Omitted> omittedAttention,
    List<TopicSummary> topics,
    List<String> goneTopics,
    List<ConnectorSummary> connectors,
    List<String> goneConnectors,
    List<Flows> flows,
    @Schema(description = "Names of connectors whose flows are gone.") List<String> goneFlows,
    List<GroupSummary> groups,
    List<String> goneGroups) {}
