package dev.sluice.gateway.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tasks of one connector that run now. Stopping is bounded: tasks are asked, then interrupted
 * after the stop timeout, then given up after as long again. Belongs to the connector's supervising
 * thread.
 */
final class RunningTasks {

  private final String connector;
  private final Surroundings surroundings;
  private final Map<Integer, ManagedTask> tasks = new TreeMap<>();

  RunningTasks(String connector, Surroundings surroundings) {
    this.connector = connector;
    this.surroundings = surroundings;
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  boolean contains(Integer number) {
    return tasks.containsKey(number);
  }

  void start(ManagedTask task) {
    tasks.put(task.number(), task);
    task.start();
  }

  void setPaused(boolean paused) {
    tasks.values().forEach(task -> task.control().setPaused(paused));
  }

  void stopAll() throws InterruptedException {
    stop(List.copyOf(tasks.keySet()));
  }

  /** Stops the tasks together; none of them belongs to the running ones when this returns. */
  void stop(Collection<Integer> numbers) throws InterruptedException {
    List<ManagedTask> stopping = new ArrayList<>();
    for (Integer number : numbers) {
      ManagedTask task = tasks.remove(number);
      if (task != null) {
        task.control().stop();
        stopping.add(task);
      }
    }
    List<ManagedTask> left = join(stopping);
    left.forEach(ManagedTask::interrupt);
    join(left).forEach(this::abandon);
  }

  /** Waits for all together; returns those that are still running after the stop timeout. */
  private List<ManagedTask> join(Collection<ManagedTask> stopping) throws InterruptedException {
    long deadline = System.nanoTime() + surroundings.stopTimeout().toNanos();
    List<ManagedTask> left = new ArrayList<>();
    for (ManagedTask task : stopping) {
      long nanos = Math.max(1, deadline - System.nanoTime());
      if (!task.join(Duration.ofNanos(nanos))) {
        left.add(task);
      }
    }
    return left;
  }

  private void abandon(ManagedTask task) {
    task.control().abandon();
    surroundings.publish(
        "connector.failed",
        connector,
        "Task %d did not stop within %d ms and was abandoned; it may still hold connections."
            .formatted(task.number(), 2 * surroundings.stopTimeout().toMillis()));
  }
}
