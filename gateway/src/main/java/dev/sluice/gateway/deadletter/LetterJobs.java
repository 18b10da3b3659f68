package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that run or have run: one for each topic at a time, so that no letter is sent twice, and
 * few altogether. The latest are remembered until the process ends; what they did is in the marks
 * and in an event for each. Thread-safe.
 */
final class LetterJobs implements AutoCloseable {

  /** Jobs that may run at once. */
  static final int MAX_RUNNING = 4;

  private static final int MAX_REMEMBERED = 50;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(LetterJobs.class);

  /** Gone once the job is over: it holds its work, and so what letters were edited to. */
  private record Running(LetterJob job, Thread thread) {}

  private final Events events;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock; by id.
  private final Map<String, JobProgress> jobs = new LinkedHashMap<>();
  private final Map<String, Running> running = new HashMap<>();
  private boolean closed;

  LetterJobs(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Starts a job.
   *
   * @throws LetterException if another one is at the topic, or too many run
   */
  JobView start(String topic, Supplier<LetterJob> making) {
    lock.lock();
    try {
      refuseIfBusy(topic);
      LetterJob job = making.get();
      String id = job.progress().view().id();
      Actor actor = events.actor();
      Thread thread =
          // A platform thread: a transform or filter may compute for long without waiting, and
          // would keep the few threads that carry all virtual ones.
          Thread.ofPlatform()
              .daemon()
              .name("dead-letters-" + topic)
              .unstarted(() -> run(id, job, actor));
      jobs.put(id, job.progress());
      running.put(id, new Running(job, thread));
      forgetOldest();
      thread.start();
      return job.progress().view();
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfBusy(String topic) {
    List<JobView> open = list().stream().filter(job -> !job.isOver()).toList();
    if (closed) {
      throw new LetterException(LetterException.Kind.BUSY, "The gateway is stopping.");
    }
    for (JobView other : open) {
      if (other.topic().equals(topic)) {
        throw new LetterException(
            LetterException.Kind.TOPIC_BUSY,
            "The job %s is dealing with the letters of '%s'.".formatted(other.id(), topic));
      }
    }
    if (open.size() >= MAX_RUNNING) {
      throw new LetterException(
          LetterException.Kind.BUSY, MAX_RUNNING + " jobs are running, as many as may.");
    }
  }

  private void forgetOldest() {
    var oldest = jobs.entrySet().iterator();
    while (jobs.size() > MAX_REMEMBERED && oldest.hasNext()) {
      if (oldest.next().getValue().view().isOver()) {
        oldest.remove();
      }
    }
  }

  private void run(String id, LetterJob job, Actor actor) {
    try {
      job.run();
      report(job.progress().view(), actor);
    } finally {
      lock.lock();
      try {
        running.remove(id);
      } finally {
        lock.unlock();
      }
    }
  }

  private void report(JobView done, Actor actor) {
    events.publish(
        new Event(
            done.act() == Mark.Act.SENT ? "dead-letters.resent" : "dead-letters.discarded",
            done.topic(),
            sentence(done),
            clock.instant(),
            actor));
  }

  private static String sentence(JobView job) {
    String what =
        "%d dead letters were %s%s."
            .formatted(
                job.done(),
                job.act() == Mark.Act.SENT ? "sent again" : "discarded",
                job.refused() == 0 ? "" : "; " + job.refused() + " could not be");
    return switch (job.state()) {
      case RUNNING, DONE -> what;
      case CANCELLED -> what + " Then the job was cancelled.";
      case FAILED -> what + " Then the job failed: " + job.error();
    };
  }

  /** All that are remembered, the latest first. */
  List<JobView> list() {
    lock.lock();
    try {
      return new ArrayList<>(jobs.values()).reversed().stream().map(JobProgress::view).toList();
    } finally {
      lock.unlock();
    }
  }

  Optional<JobProgress> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(jobs.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** Asks a job to end after what it is at. */
  void cancel(String id) {
    lock.lock();
    try {
      Running found = running.get(id);
      if (found != null) {
        found.job().cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets each job end after what it is at, for a while. */
  @Override
  public void close() {
    List<Running> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(running.values());
    } finally {
      lock.unlock();
    }
    left.forEach(each -> each.job().cancel());
    try {
      for (Running each : left) {
        if (!each.thread().join(STOP_PATIENCE)) {
          LOG.warn("A job with dead letters did not stop in time; the process goes on without it.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
