package dev.sluice.gateway.connect;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.ConnectorException;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.work.Backoff;
import dev.sluice.gateway.connect.work.ErrorPlace;
import dev.sluice.gateway.connect.work.Errors;
import dev.sluice.gateway.connect.work.TaskControl;
import dev.sluice.gateway.connect.work.TaskMonitor;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is to run: a virtual thread of its own that makes attempt after attempt, with
 * back-off between them, until it is stopped. Used once.
 */
final class ManagedTask {

  private static final Logger LOG = LoggerFactory.getLogger(ManagedTask.class);

  private final ConnectorSpec spec;
  private final int number;
  private final TaskStatus status;
  private final Workers workers;
  private final Surroundings surroundings;
  private final Backoff backoff;
  private final TaskControl control;
  private final TaskMonitor monitor = new Monitor();
  private final Thread thread;

  ManagedTask(ConnectorSpec spec, int number, TaskStatus status, Workers workers, boolean paused) {
    this.spec = spec;
    this.number = number;
    this.status = status;
    this.workers = workers;
    this.surroundings = workers.surroundings();
    this.backoff = Backoff.of(spec.errors());
    this.control = new TaskControl(paused);
    this.thread =
        Thread.ofVirtual().name("task-" + spec.name() + "-" + number).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  TaskControl control() {
    return control;
  }

  /** Whether its thread has ended within the time. */
  boolean join(Duration timeout) throws InterruptedException {
    return thread.join(timeout);
  }

  void interrupt() {
    thread.interrupt();
  }

  int number() {
    return number;
  }

  private void run() {
    try {
      for (boolean again = true; again && !control.stopping(); ) {
        again = attempt();
      }
    } catch (InterruptedException e) {
      LOG.debug("Task {}-{} was interrupted while it was to stop.", spec.name(), number);
    }
  }

  /** Makes one attempt; tells whether to make another, after having waited for it. */
  private boolean attempt() throws InterruptedException {
    control.awaitResumed(monitor);
    if (control.stopping()) {
      return false;
    }
    if (!control.abandoned()) {
      status.attempting();
    }
    try {
      workers.worker(spec, number, control, monitor).run();
      return !control.stopping();
    } catch (Throwable e) { // Connector code may throw anything, and must harm nobody else.
      return waitAfter(e);
    }
  }

  private boolean waitAfter(Throwable failure) throws InterruptedException {
    if (control.stopping()) {
      LOG.debug("Task {}-{} failed while stopping.", spec.name(), number, failure);
      return false;
    }
    @Nullable Duration pause = status.failed(Errors.classify(failure), backoff, cover());
    if (pause == null) {
      control.awaitStop();
      return false;
    }
    if (!control.sleep(pause)) {
      return false;
    }
    status.restarted();
    return true;
  }

  private UnaryOperator<String> cover() {
    return spec.options()::covered;
  }

  /** Passes on what the task tells, unless it was given up and another has taken its place. */
  private final class Monitor implements TaskMonitor {

    @Override
    public void started() {
      tell(status::started);
    }

    @Override
    public void captures(ChangeCapture capture) {
      tell(() -> status.captures(capture));
    }

    @Override
    public void works() {
      tell(status::works);
    }

    @Override
    public Duration failed(ConnectorException error) {
      if (control.abandoned()) {
        return backoff.longest();
      }
      @Nullable Duration pause = status.failed(error, backoff, cover());
      return Objects.requireNonNullElse(pause, backoff.longest());
    }

    @Override
    public void paused() {
      tell(status::paused);
    }

    @Override
    public void resumed() {
      tell(status::resumed);
    }

    @Override
    public void carried(String topic, long records, long bytes) {
      tell(() -> status.carried(topic, records, bytes));
    }

    @Override
    public void wrote(String topic, long records) {
      tell(() -> status.wrote(topic, records));
    }

    @Override
    public void refused(ConnectorException error, String trace, ErrorPlace place) {
      tell(() -> status.refused(TaskStatus.describe(error, trace, place, cover())));
    }

    @Override
    public void rejected(long records) {
      tell(() -> status.rejected(records));
    }

    @Override
    public void report(String eventType, String message) {
      tell(() -> surroundings.publish(eventType, spec.name(), message));
    }

    private void tell(Runnable news) {
      if (!control.abandoned()) {
        news.run();
      }
    }
  }
}
