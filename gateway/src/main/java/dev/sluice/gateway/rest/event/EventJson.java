package dev.sluice.gateway.rest.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.StoredRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that happened. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Event", description = "Something that happened in the gateway.")
record EventJson(
    @Schema(description = "Its place in the topic _events.", examples = "42") long offset,
    @Schema(examples = "2026-01-01T00:00:00Z") Instant time,
    @Schema(description = "A stable name.", examples = "connector.failed") String type,
    @Schema(description = "What it happened to.", examples = "warehouse") String subject,
    @Schema(description = "What happened, in a sentence.") String message,
    @Schema(description = "Who caused it; absent in events of earlier versions.")
        @Nullable EventActor actor) {

  /** Who caused it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "Who caused something.")
  record EventActor(
      @Schema(
              description =
                  "gateway (by itself), configuration (its files changed), http or kafka (a"
                      + " client).",
              examples = "http")
          String kind,
      @Schema(description = "A client's address, or user and address.", examples = "127.0.0.1")
          @Nullable String name) {}

  private static final String UNREADABLE = "unreadable";

  /** The event in a record; one that can't be read says so. */
  static EventJson of(StoredRecord record, ObjectMapper json) {
    byte[] value = record.value();
    try {
      JsonNode event = json.readTree(value == null ? new byte[0] : value);
      return new EventJson(
          record.offset(),
          time(event, record),
          event.path("type").asText(UNREADABLE),
          event.path("subject").asText(""),
          event.path("message").asText(""),
          actor(event.path("actor")));
    } catch (IOException notJson) {
      return new EventJson(
          record.offset(),
          Instant.ofEpochMilli(record.timestampMillis()),
          UNREADABLE,
          "",
          "This record is no event.",
          null);
    }
  }

  private static Instant time(JsonNode event, StoredRecord record) {
    try {
      return Instant.parse(event.path("time").asText());
    } catch (DateTimeParseException other) {
      return Instant.ofEpochMilli(record.timestampMillis());
    }
  }

  private static @Nullable EventActor actor(JsonNode actor) {
    return actor.path("kind").isTextual()
        ? new EventActor(
            actor.path("kind").textValue(),
            actor.path("name").isTextual() ? actor.path("name").textValue() : null)
        : null;
  }
}
