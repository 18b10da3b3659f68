package dev.sluice.gateway.connect.trial;

import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.connect.work.SourcePreview;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of a preview.
 *
 * @param shows which records these are, in the words of the connector type
 * @param error why there are no more, if it failed
 */
public record PreviewResult(
    SourcePreview.Seen seen,
    End end,
    String shows,
    @Nullable ConnectorException error,
    Duration took) {

  /** Why it ended. */
  public enum End {
    /** There are as many records as were asked for. */
    ENOUGH,
    /** Some came, and then none for a while. */
    QUIET,
    /** The time was up. */
    TIME_UP,
    FAILED
  }
}
