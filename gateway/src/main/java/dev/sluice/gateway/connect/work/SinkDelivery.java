package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts records and deals with refusals: trouble outside is waited out with the same records, a
 * refused batch is put record by record to find the bad ones. Belongs to one thread.
 */
final class SinkDelivery {

  /** So often the same task is tried again before a new one, with new connections, takes over. */
  private static final int TRIES_WITH_ONE_TASK = 3;

  private final Job job;
  private final SinkTarget target;
  private final Rejections rejections;
  private final SinkProgress progress;
  private final Backoff backoff;

  SinkDelivery(Job job, SinkTarget target, Rejections rejections, SinkProgress progress) {
    this.job = job;
    this.target = target;
    this.rejections = rejections;
    this.progress = progress;
    this.backoff = Backoff.of(job.spec().errors());
  }

  /**
   * Puts the records; returns when each is put or set aside.
   *
   * @param ends the offsets behind all that was read with them
   * @throws StoppedException if the task is to stop before that
   * @throws Exception if a new task must try
   */
  void deliver(List<SinkRecord> records, Map<TopicPartition, Long> ends) throws Exception {
    if (records.isEmpty()) {
      move(ends);
      return;
    }
    ConnectorException refusal = put(records, ends);
    if (refusal == null) {
      return;
    }
    for (SinkRecord single : records) {
      TopicPartition partition = new TopicPartition(single.topic(), single.partition());
      Map<TopicPartition, Long> behind = Map.of(partition, single.offset() + 1);
      deliverSingle(single, behind, records.size() == 1 ? refusal : put(List.of(single), behind));
      progress.done(partition, single.offset() + 1);
    }
    move(ends);
  }

  private void deliverSingle(
      SinkRecord single,
      Map<TopicPartition, Long> behind,
      @Nullable ConnectorException firstRefusal)
      throws Exception {
    ConnectorException refusal = firstRefusal;
    for (int retry = 1; refusal != null; retry++) {
      if (retry > job.spec().errors().retries()) {
        rejections.reject(single, refusal, Stage.TASK_PUT);
        move(behind);
        return;
      }
      sleep(backoff.pause(retry, job.random().nextDouble()));
      refusal = put(List.of(single), behind);
    }
  }

  /** Moves positions that the target keeps, without a record. */
  private void move(Map<TopicPartition, Long> ends) throws Exception {
    if (target.keepsPositions() && !ends.isEmpty()) {
      ConnectorException refusal = put(List.of(), ends);
      if (refusal != null) {
        throw refusal;
      }
    }
  }

  /** Puts the records, waiting out trouble; returns the refusal if they are refused as data. */
  private @Nullable ConnectorException put(List<SinkRecord> records, Map<TopicPartition, Long> ends)
      throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        target.put(records, ends);
        job.monitor().works();
        return null;
      } catch (DeadLetters.RefusedException | StoppedException | InterruptedException e) {
        throw e;
      } catch (ConnectorException e) {
        switch (e.category()) {
          case DATA -> {
            return e;
          }
          case EXTERNAL, RESOURCE -> {
            if (tries >= TRIES_WITH_ONE_TASK) {
              throw placed(e, records);
            }
            sleep(job.monitor().failed(placed(e, records)));
          }
          case CONFIGURATION, INTERNAL -> throw placed(e, records);
        }
      } catch (Exception e) {
        throw placed(Errors.classify(e), records);
      }
    }
  }

  private static ConnectorException placed(ConnectorException error, List<SinkRecord> records) {
    return records.isEmpty() ? error : PlacedException.of(error, ErrorPlace.of(records));
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
