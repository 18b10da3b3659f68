package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connector with its tasks and its configuration as people may see it. */
@Schema(name = "Connector", description = "A connector with its tasks and configuration.")
public record ConnectorJson(
    @JsonUnwrapped ConnectorSummary summary,
    @Schema(description = "Whether it captures a database's changes; its path /capture tells more.")
        boolean capture,
    List<TaskJson> taskDetails,
    @Schema(description = "Topics that it has written to or reads from.") List<String> topics,
    @Schema(
            description =
                "As it was declared, references unresolved; secrets are masked, or references to"
                    + " what is kept of them. What PUT takes.")
        Map<String, Object> config) {

  /** A task. */
  @Schema(name = "Task", description = "A task of a connector.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskJson(
      @Schema(examples = "0") int id,
      TaskState state,
      @Schema(description = "When it came into this state; while it has an error, when that began.")
          Instant since,
      @Nullable TaskErrorJson error,
      @Schema(description = "The connector's stack trace, if it has an error.")
          @Nullable String trace,
      long records,
      long bytes,
      @Schema(description = "Records set aside since the process started.") long rejected,
      @Schema(description = "Attempts that have failed since then.") long failures,
      @Schema(description = "Restarts after failures since then.") long restarts,
      long lag) {

    static TaskJson of(TaskView task) {
      TaskError error = task.error();
      return new TaskJson(
          task.number(),
          task.state(),
          task.since(),
          TaskErrorJson.of(error),
          error == null ? null : error.trace(),
          task.records(),
          task.bytes(),
          task.rejected(),
          task.failures(),
          task.restarts(),
          task.lag());
    }
  }

  /**
   * As it is answered.
   *
   * @param capture whether it captures a database's changes
   */
  public static ConnectorJson of(ConnectorView view, boolean capture) {
    return new ConnectorJson(
        ConnectorSummary.of(view, null),
        capture,
        view.tasks().stream().map(TaskJson::of).toList(),
        view.topics(),
        view.displayConfig());
  }
}
