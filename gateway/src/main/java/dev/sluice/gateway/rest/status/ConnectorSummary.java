package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ErrorPolicy;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connector in a line: the sums over its tasks, and its most telling error. */
@Schema(description = "A connector in a line.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectorSummary(
    @Schema(examples = "shop") String name,
    @Schema(description = "source, sink or rule.", examples = "source") String kind,
    @Schema(examples = "postgres-cdc") String type,
    @Schema(
            description = "Who declared it: the configuration file (file), or somebody over HTTP.",
            enumeration = {"file", "api"},
            examples = "file")
        String origin,
    @Schema(
            description = "How often a record arrives when something fails.",
            examples = "at-least-once")
        String delivery,
    @Schema(description = "What is wanted of it.") TargetState target,
    @Schema(description = "What is seen of it: the worst of its tasks.") TaskState state,
    @Schema(
            description =
                "Since when it is in this state; while something is wrong, since when it is.")
        @Nullable Instant since,
    @Schema(description = "Why it stands still or stumbles; absent when all is well.")
        @Nullable TaskErrorJson error,
    @Schema(description = "Topics that it reads; none for a source.") List<String> reads,
    @Schema(description = "Topics that it writes, declared or seen; none for a sink.")
        List<String> writes,
    @Schema(
            description = "The topic where it sets records aside; absent if it stops at them.",
            examples = "shop.dead-letters")
        @Nullable String deadLetterTopic,
    @Schema(examples = "1") int tasks,
    @Schema(description = "Records carried since the process started.") long records,
    @Schema(
            description =
                "Records carried a second, over the last seconds; in overviews, absent at first.",
            examples = "12.5")
        @Nullable Double recordsPerSecond,
    @Schema(description = "Bytes of keys and values carried since then.") long bytes,
    @Schema(description = "Records set aside since then.") long rejected,
    @Schema(description = "Attempts that have failed since then.") long failures,
    @Schema(description = "Restarts after failures since then.") long restarts,
    @Schema(description = "Records that wait to be read; 0 for sources.") long lag) {

  /**
   * A connector's line.
   *
   * @param recordsPerSecond what it carries, or null if that is not known
   */
  static ConnectorSummary of(ConnectorView view, @Nullable Double recordsPerSecond) {
    Optional<TaskView> telling = mostTelling(view);
    return new ConnectorSummary(
        view.spec().name(),
        view.spec().kind().name().toLowerCase(Locale.ROOT),
        view.spec().type(),
        view.spec().origin().name().toLowerCase(Locale.ROOT),
        view.spec().delivery().text(),
        view.target(),
        view.state(),
        telling.map(TaskView::since).orElse(null),
        telling.map(task -> TaskErrorJson.of(task.error())).orElse(null),
        view.spec().topics(),
        writes(view),
        deadLetterTopic(view.spec().errors()),
        view.tasks().size(),
        sum(view, TaskView::records),
        recordsPerSecond,
        sum(view, TaskView::bytes),
        sum(view, TaskView::rejected),
        sum(view, TaskView::failures),
        sum(view, TaskView::restarts),
        sum(view, TaskView::lag));
  }

  /** Templates, and steps that choose a topic, name topics only once records have come. */
  private static List<String> writes(ConnectorView view) {
    ConnectorSpec spec = view.spec();
    Set<String> topics = new TreeSet<>();
    if (spec.topic() != null && spec.topic().indexOf('{') < 0) {
      topics.add(spec.topic());
    }
    topics.addAll(view.written());
    return List.copyOf(topics);
  }

  private static @Nullable String deadLetterTopic(ErrorPolicy errors) {
    return errors.then() == ErrorPolicy.Then.DEAD_LETTER ? errors.deadLetterTopic() : null;
  }

  /** The task that says most about the connector: one with an error, else one in its state. */
  private static Optional<TaskView> mostTelling(ConnectorView view) {
    return view.tasks().stream()
        .min(
            Comparator.<TaskView, Boolean>comparing(task -> task.error() == null)
                .thenComparing(task -> task.state() != view.state())
                .thenComparing(TaskView::since));
  }

  private static long sum(ConnectorView view, ToLongFunction<TaskView> number) {
    return view.tasks().stream().mapToLong(number).sum();
  }
}
