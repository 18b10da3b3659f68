package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts records and deals with refusals: trouble outside is waited out with the same records, a
 * refused batch is put record by record to find the bad ones. Belongs to one thread.
 */
final class SinkDelivery {

  /** So often the same task is tried again before a new one, with new connections, takes over. */
  private static final int TRIES_WITH_ONE_TASK = 3;

  private final Job job;
  private final SinkTask task;
  private final Rejections rejections;
  private final SinkProgress progress;
  private final Backoff backoff;

  SinkDelivery(Job job, SinkTask task, Rejections rejections, SinkProgress progress) {
    this.job = job;
    this.task = task;
    this.rejections = rejections;
    this.progress = progress;
    this.backoff = Backoff.of(job.spec().errors());
  }

  /**
   * Puts the records; returns when each is put or set aside.
   *
   * @throws StoppedException if the task is to stop before that
   * @throws Exception if a new task must try
   */
  void deliver(List<SinkRecord> records) throws Exception {
    ConnectorException refusal = put(records);
    if (refusal == null) {
      return;
    }
    if (records.size() == 1) {
      deliverSingle(records.getFirst(), refusal);
      return;
    }
    for (SinkRecord single : records) {
      deliverSingle(single, put(List.of(single)));
      progress.done(new TopicPartition(single.topic(), single.partition()), single.offset() + 1);
    }
  }

  private void deliverSingle(SinkRecord single, @Nullable ConnectorException firstRefusal)
      throws Exception {
    ConnectorException refusal = firstRefusal;
    for (int retry = 1; refusal != null; retry++) {
      if (retry > job.spec().errors().retries()) {
        rejections.reject(single, refusal, Stage.TASK_PUT);
        return;
      }
      sleep(backoff.pause(retry, job.random().nextDouble()));
      refusal = put(List.of(single));
    }
  }

  /** Puts the records, waiting out trouble; returns the refusal if they are refused as data. */
  private @Nullable ConnectorException put(List<SinkRecord> records) throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        task.put(records);
        job.monitor().works();
        return null;
      } catch (DeadLetters.RefusedException e) {
        throw e;
      } catch (ConnectorException e) {
        switch (e.category()) {
          case DATA -> {
            return e;
          }
          case EXTERNAL, RESOURCE -> {
            if (tries >= TRIES_WITH_ONE_TASK) {
              throw e;
            }
            sleep(job.monitor().failed(e));
          }
          case CONFIGURATION, INTERNAL -> throw e;
        }
      }
    }
  }

  private void sleep(Duration duration) throws InterruptedException {
    if (!job.control().sleep(duration)) {
      throw new StoppedException();
    }
    job.control().awaitResumed(job.monitor());
    if (job.control().stopping()) {
      throw new StoppedException();
    }
  }
}
