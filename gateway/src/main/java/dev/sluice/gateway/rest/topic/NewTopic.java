package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A topic to create, for the API's description; {@link TopicBody} reads it. */
@Schema(description = "A topic to create.")
record NewTopic(
    @Schema(
            description =
                "1 to 249 letters, digits, dots, underscores and hyphens; a leading underscore is"
                    + " the gateway's own.",
            required = true,
            examples = "orders")
        String name,
    @Schema(description = "How many partitions; 1 if left out.", examples = "6")
        @Nullable Integer partitions,
    @JsonUnwrapped SettingsJson settings) {

  /** What can be changed of a topic. */
  @Schema(
      name = "TopicChange",
      description =
          "What to change (JSON merge patch): what is absent stays; what is null is taken away.")
  record Change(
      @Schema(description = "More partitions than now.", examples = "12")
          @Nullable Integer partitions,
      @JsonUnwrapped SettingsJson settings) {}
}
