package dev.sluice.gateway.rest.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.history.Chart;
import dev.sluice.gateway.history.ChartQuery;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Lines to draw, in columns: the n-th value of each line is that of the n-th time. */
@Schema(
    name = "History",
    description =
        "Lines to draw, in columns: the n-th value of each line is that of the n-th time.")
record HistoryJson(
    @Schema(description = "What was measured.", examples = "lag") String kind,
    @Schema(
            description = "In what it is measured: records, records/s or bytes.",
            examples = "records")
        String unit,
    @Schema(description = "Seconds from one time to the next.", examples = "10") long stepSeconds,
    @Schema(description = "The ends of the steps, in milliseconds since the epoch.")
        List<Long> times,
    List<LineJson> lines,
    @Schema(description = "How many more lines there would be.") int omitted) {

  /** A line. */
  @Schema(name = "HistoryLine", description = "A line to draw.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LineJson(
      @Schema(description = "The group, topic or connector; empty for all together.") String name,
      @Schema(description = "For lag by topic or partition.") @Nullable String topic,
      @Schema(description = "For lag by partition.") @Nullable Integer partition,
      @Schema(
              description =
                  "At each time the last value, or the average a second over the step; null where"
                      + " nothing is known, as while the gateway did not run.")
          List<@Nullable Double> values,
      @Schema(
              description =
                  "The largest value within each step; of several series together at most that."
                      + " Empty where averages are shown.")
          List<@Nullable Double> max) {

    static LineJson of(Chart.Line line) {
      return new LineJson(line.name(), line.topic(), line.partition(), line.values(), line.max());
    }
  }

  static HistoryJson of(ChartQuery query, Chart chart) {
    return new HistoryJson(
        query.kind().label(),
        query.kind().unit(),
        query.step().toSeconds(),
        chart.times(),
        chart.lines().stream().map(LineJson::of).toList(),
        chart.omitted());
  }
}
