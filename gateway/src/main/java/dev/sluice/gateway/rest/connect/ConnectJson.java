package dev.sluice.gateway.rest.connect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.TaskState;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shapes of Kafka Connect's answers (its {@code rest.entities}). */
final class ConnectJson {

  private ConnectJson() {}

  /** {@code GET /connectors/{name}}. */
  @Schema(name = "ConnectConnector")
  record Info(
      @Schema(examples = "shop") String name,
      Map<String, String> config,
      List<TaskId> tasks,
      @Schema(examples = "source") String type) {

    static Info of(ConnectorView view) {
      String name = view.spec().name();
      return new Info(
          name,
          FlatConfig.of(view.spec()),
          view.tasks().stream().map(task -> new TaskId(name, task.number())).toList(),
          typeOf(view.spec()));
    }
  }

  /** The body of {@code POST /connectors}. */
  @Schema(name = "ConnectWanted")
  record Wanted(
      @Schema(examples = "shop") @Nullable String name,
      @Schema(examples = "{\"connector.class\": \"console\", \"topics\": \"orders\"}")
          @Nullable Map<String, @Nullable String> config,
      @Schema(description = "RUNNING if it is there.", examples = "RUNNING")
          @JsonProperty("initial_state")
          @Nullable String initialState) {}

  /** The answer of {@code PUT /connector-plugins/{plugin}/config/validate}. */
  @Schema(name = "ConnectValidation")
  record Validation(
      @Schema(description = "The connector type.", examples = "console") String name,
      @JsonProperty("error_count") int errorCount,
      List<String> groups,
      List<ValidatedOption> configs) {}

  /** A setting, and what was found of it. */
  @Schema(name = "ConnectValidatedOption")
  record ValidatedOption(PluginOption definition, ValidatedValue value) {}

  /** What a setting has been given. */
  @Schema(name = "ConnectValidatedValue")
  record ValidatedValue(
      @Schema(examples = "config.url") String name,
      @Schema(description = "As it was given; null if it was not, or is secret.")
          @Nullable String value,
      @JsonProperty("recommended_values") List<String> recommendedValues,
      List<String> errors,
      boolean visible) {}

  /** Which task. */
  @Schema(name = "ConnectTaskId")
  record TaskId(@Schema(examples = "shop") String connector, @Schema(examples = "0") int task) {}

  /** An element of {@code GET /connectors/{name}/tasks}. */
  @Schema(name = "ConnectTask")
  record TaskInfo(TaskId id, Map<String, String> config) {}

  /** {@code GET /connectors/{name}/status}. */
  @Schema(name = "ConnectStatus")
  record Status(
      @Schema(examples = "shop") String name,
      ConnectorState connector,
      List<TaskStatus> tasks,
      @Schema(examples = "source") String type) {

    static Status of(ConnectorView view, String worker) {
      return new Status(
          view.spec().name(),
          ConnectorState.of(view, worker),
          view.tasks().stream().map(task -> TaskStatus.of(task, worker)).toList(),
          typeOf(view.spec()));
    }
  }

  /** The connector's own state, apart from its tasks'. */
  @Schema(name = "ConnectConnectorState")
  record ConnectorState(
      TaskState state,
      @Schema(examples = "127.0.0.1:8080") @JsonProperty("worker_id") String worker) {

    /**
     * In Connect a connector runs while its tasks fail; ours has no life beside its tasks, so it
     * has failed only when all of them have.
     */
    static ConnectorState of(ConnectorView view, String worker) {
      boolean allFailed =
          !view.tasks().isEmpty()
              && view.tasks().stream().allMatch(task -> task.state() == TaskState.FAILED);
      TaskState state =
          switch (view.target()) {
            case STARTED -> allFailed ? TaskState.FAILED : started(view);
            case PAUSED -> allFailed ? TaskState.FAILED : TaskState.PAUSED;
            case STOPPED -> TaskState.STOPPED;
          };
      return new ConnectorState(state, worker);
    }

    private static TaskState started(ConnectorView view) {
      return view.tasks().isEmpty() ? view.state() : TaskState.RUNNING;
    }
  }

  /** A task's state. */
  @Schema(name = "ConnectTaskStatus")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskStatus(
      @Schema(examples = "0") int id,
      TaskState state,
      @Schema(examples = "127.0.0.1:8080") @JsonProperty("worker_id") String worker,
      @Schema(description = "The stack trace of its error; absent when all is well.")
          @Nullable String trace) {

    static TaskStatus of(TaskView task, String worker) {
      TaskError error = task.error();
      return new TaskStatus(
          task.number(), task.state(), worker, error == null ? null : error.trace());
    }
  }

  /** {@code GET /connectors/{name}/topics}: under the connector's name. */
  @Schema(name = "ConnectTopics")
  record Topics(List<String> topics) {}

  /** An element of {@code GET /connectors?expand=...}: what was asked for. */
  @Schema(name = "ConnectExpanded")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Expanded(@Nullable Info info, @Nullable Status status) {}

  /** An element of {@code GET /connector-plugins}. */
  @Schema(name = "ConnectPlugin")
  record Plugin(
      @Schema(description = "The connector type's name.", examples = "postgres-cdc")
          @JsonProperty("class")
          String className,
      @Schema(examples = "source") String type,
      @Schema(examples = "0.1.0") String version) {}

  /** An answer in words. */
  @Schema(name = "ConnectMessage")
  record Message(String message) {}

  /** Connect knows sources and sinks; a rule reads topics with a group's offsets, as sinks do. */
  static String typeOf(ConnectorSpec spec) {
    return spec.kind() == ConnectorSpec.Kind.SOURCE ? "source" : "sink";
  }
}
