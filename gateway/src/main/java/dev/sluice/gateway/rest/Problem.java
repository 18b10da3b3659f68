package dev.sluice.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457) as it is sent. On Kafka Connect's paths it also carries the two
 * members of Connect's own errors.
 */
@Schema(description = "What went wrong, for people and programs (RFC 9457).")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    @Schema(
            description = "Identifies the kind of problem.",
            examples = "urn:sluice:problem:unknown-topic")
        String type,
    @Schema(description = "The kind of problem in words.", examples = "Unknown topic") String title,
    @Schema(description = "The HTTP status code.", examples = "404") int status,
    @Schema(description = "What is wrong this time.", examples = "There is no topic 'orders'.")
        String detail,
    @Schema(description = "A stable name for programs.", examples = "unknown-topic") String code,
    @Schema(
            description =
                "Who can mend it: user, configuration, data, external, resource or internal.",
            examples = "user")
        String category,
    @Schema(
            description = "The parameter or member at fault: a name, or a JSON pointer.",
            examples = "/partitions")
        @Nullable String path,
    @Schema(description = "What to do about it.", examples = "GET /api/v1/topics lists the topics.")
        @Nullable String suggestion,
    @Schema(description = "All mistakes, where several can be told apart.")
        @Nullable List<Mistake> problems,
    @Schema(description = "As Kafka Connect has it, on its paths only: the status code.")
        @JsonProperty("error_code")
        @Nullable Integer errorCode,
    @Schema(description = "As Kafka Connect has it, on its paths only: the detail.")
        @Nullable String message) {

  /** The media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The document of an error, on Kafka Connect's paths with Connect's members. */
  static Problem of(ApiException error, boolean connectPath) {
    String words = error.code().replace('-', ' ');
    return new Problem(
        "urn:sluice:problem:" + error.code(),
        Character.toUpperCase(words.charAt(0)) + words.substring(1),
        error.status(),
        error.detail(),
        error.code(),
        error.category().label(),
        error.path(),
        error.suggestion(),
        error.mistakes().isEmpty() ? null : error.mistakes(),
        connectPath ? error.status() : null,
        connectPath ? error.detail() : null);
  }
}
