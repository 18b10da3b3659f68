package dev.sluice.gateway.rest.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.connector.Units;
import dev.sluice.gateway.log.Compaction;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** When and how a topic is compacted, written as in the configuration file. */
@Schema(name = "Compaction", description = "When and how only the latest record of a key is kept.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompactionJson(
    @Schema(description = "It is due when this share of the bytes is new.", examples = "0.5")
        @JsonProperty("dirty-ratio")
        @Nullable Double dirtyRatio,
    @Schema(description = "Younger records stay as they are.", examples = "1h")
        @JsonProperty("min-lag")
        @Nullable String minLag,
    @Schema(description = "It is due when a new record is older than this.", examples = "7d")
        @JsonProperty("max-lag")
        @Nullable String maxLag,
    @Schema(description = "How long a deletion stays.", examples = "1d")
        @Nullable String tombstones) {

  /** The form that people would write: true if nothing is set. */
  static Object of(Compaction compaction) {
    return compaction.equals(Compaction.DEFAULT)
        ? true
        : new CompactionJson(
            compaction.dirtyRatio(),
            text(compaction.minLag()),
            text(compaction.maxLag()),
            text(compaction.tombstones()));
  }

  private static @Nullable String text(@Nullable Duration duration) {
    return duration == null ? null : Units.format(duration);
  }
}
