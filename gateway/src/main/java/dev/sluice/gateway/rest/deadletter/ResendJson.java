package dev.sluice.gateway.rest.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be sent again, and where. For the API's description; read by {@link ActionBody}. */
@Schema(name = "ResendDeadLetters", description = "What is to be sent again, and where.")
record ResendJson(
    @JsonUnwrapped SelectionJson selection,
    @Schema(
            description =
                "origin (as without it): a sink's or rule's letter to that connector alone, a"
                    + " source's to the topic it was on its way to. topic: into a topic, for all"
                    + " who read it.",
            examples = "origin")
        @Nullable String to,
    @Schema(
            description =
                "With \"to\": \"topic\": which; without it the one that each letter was in.",
            examples = "orders")
        @Nullable String topic,
    @Schema(description = "Changes one letter before it is sent.") @Nullable EditJson edit) {

  /** Another key or value. */
  @Schema(
      name = "DeadLetterEdit",
      description =
          "Another key, value, or both; what is absent stays. A string is stored as text, with an"
              + " encoding of base64 as the bytes it encodes, any other JSON as JSON; null is"
              + " none.")
  record EditJson(
      @Nullable Object key,
      @Nullable String keyEncoding,
      @Schema(examples = "{\"id\": 4711, \"total\": 9.5}") @Nullable Object value,
      @Nullable String encoding) {}
}
