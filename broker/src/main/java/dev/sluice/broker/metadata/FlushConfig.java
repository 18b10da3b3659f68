package dev.sluice.broker.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.flush.FlushPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an append to a topic counts as done.
 *
 * @param intervalMillis between forces; there for {@link FlushMode#INTERVAL}, and only there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlushConfig(FlushMode mode, @Nullable Long intervalMillis) {

  /** Refuses an interval where there is none, and the other way round. */
  public FlushConfig {
    if ((mode == FlushMode.INTERVAL) != (intervalMillis != null)) {
      throw new IllegalArgumentException(
          "intervalMillis is " + intervalMillis + " for flush mode " + mode);
    }
    TopicConfig.requirePositive("intervalMillis", intervalMillis);
  }

  /** As the log wants it. */
  public FlushPolicy toPolicy() {
    return switch (mode) {
      case ACK -> FlushPolicy.ACK;
      case OS -> FlushPolicy.OS;
      case INTERVAL ->
          FlushPolicy.every(Duration.ofMillis(intervalMillis == null ? 1 : intervalMillis));
    };
  }
}
