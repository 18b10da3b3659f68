package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that needs someone. */
@Schema(description = "Something that needs someone.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Attention(
    Kind kind,
    Severity severity,
    @Schema(
            description =
                "What it is about: a connector, topic, group, directory or the configuration.",
            examples = "warehouse")
        String subject,
    @Schema(description = "What is wrong.", examples = "The database does not answer.")
        String message,
    @Schema(description = "What to do.", examples = "Start the database, or correct 'url'.")
        @Nullable String suggestion,
    @Schema(description = "Since when, if that is known.") @Nullable Instant since) {

  /** What is wrong. The order is that of the list. */
  @Schema(name = "AttentionKind")
  enum Kind {
    /** The disk of the log is full, or soon will be. */
    @JsonProperty("disk")
    DISK,
    /** A partition can be neither read nor written. */
    @JsonProperty("offline")
    OFFLINE,
    /** A connector stands still. */
    @JsonProperty("failed")
    FAILED,
    /** A connector tries again after an error. */
    @JsonProperty("stumbling")
    STUMBLING,
    /** A group falls behind. */
    @JsonProperty("growing-lag")
    GROWING_LAG,
    /** A connector has set records aside lately. */
    @JsonProperty("dead-letters")
    DEAD_LETTERS,
    /** A changed configuration was not taken up. */
    @JsonProperty("configuration")
    CONFIGURATION,
    /** Something on disk can't be read back. */
    @JsonProperty("damage")
    DAMAGE
  }

  /** How bad it is. */
  @Schema(name = "AttentionSeverity")
  enum Severity {
    @JsonProperty("error")
    ERROR,
    @JsonProperty("warning")
    WARNING
  }
}
