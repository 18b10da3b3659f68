package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.search.Progress;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a search is, as it is sent. */
@Schema(description = "How far a search is.")
record SearchProgress(
    @Schema(description = "Records looked at.", examples = "250000") long scanned,
    @Schema(description = "Bytes of their keys, values and headers.", examples = "31457280")
        long bytes,
    @Schema(description = "Records found.", examples = "3") long matches,
    @Schema(
            description =
                "Records of which the expression could not be evaluated, since they are no JSON or"
                    + " of another form. They are no matches.",
            examples = "0")
        long notEvaluated,
    @Schema(description = "Places that nobody can decode.", examples = "0") long unreadable,
    @Schema(description = "How much of the range is done, from 0 to 1.", examples = "0.25")
        double fraction,
    @Schema(description = "Records a second since the beginning.", examples = "500000")
        long recordsPerSecond) {

  static SearchProgress of(Progress progress, Duration elapsed) {
    return new SearchProgress(
        progress.scanned(),
        progress.bytes(),
        progress.matches(),
        progress.notEvaluated(),
        progress.unreadable(),
        progress.fraction(),
        Math.round(progress.scanned() * 1e9 / Math.max(1, elapsed.toNanos())));
  }
}
