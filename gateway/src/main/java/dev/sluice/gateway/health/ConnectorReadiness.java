package dev.sluice.gateway.health;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskError;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.TaskState;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Down while a connector that should work does not, with an entry for each such task: the state,
 * since when, and the error. What people have paused or stopped is well, and so is a connector that
 * is just starting.
 */
@Readiness
final class ConnectorReadiness implements HealthCheck {

  private final Connectors connectors;

  ConnectorReadiness(Connectors connectors) {
    this.connectors = connectors;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("connectors");
    boolean up = true;
    for (ConnectorView view : connectors.list()) {
      for (TaskView task : view.tasks()) {
        if (isFailing(task)) {
          up = false;
          response.withData(view.spec().name() + "/" + task.number(), describe(task));
        }
      }
      if (view.tasks().isEmpty() && view.state() == TaskState.FAILED) {
        up = false;
        response.withData(view.spec().name(), "failed, without a task");
      }
    }
    return response.status(up).build();
  }

  /** A task that tries again after an error has not recovered before the error is gone. */
  private static boolean isFailing(TaskView task) {
    return switch (task.state()) {
      case FAILED -> true;
      case RUNNING, RESTARTING, UNASSIGNED -> task.error() != null;
      case PAUSED, STOPPED -> false;
    };
  }

  private static String describe(TaskView task) {
    String state = task.state().name().toLowerCase(Locale.ROOT) + " since " + task.since();
    @Nullable TaskError error = task.error();
    if (error == null) {
      return state;
    }
    String cure = error.suggestion() == null ? "" : " " + error.suggestion();
    return state
        + ": "
        + error.message()
        + cure
        + " ["
        + error.code()
        + ", "
        + error.category().toLowerCase(Locale.ROOT)
        + "]";
  }
}
