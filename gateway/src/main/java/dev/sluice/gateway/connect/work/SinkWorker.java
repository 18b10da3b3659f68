package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Options;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.connector.SinkType;
import dev.sluice.connector.TransactionalSinkTask;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.Delivery;
import dev.sluice.gateway.connect.transform.Transforms;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Unreadable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a sink, or a rule as a sink into topics: reads, converts, puts, commits. */
public final class SinkWorker implements Worker {

  private static final Duration MAX_WAIT = Duration.ofMillis(250);
  private static final long IDLE_EVERY_MILLIS = 1_000;

  private final Job job;
  private final Supplier<SinkTask> newTask;
  private final Rejections rejections;
  private final @Nullable RuleOutput output;
  private final SinkConverter converter;
  private long lastPutMillis;

  private SinkWorker(
      Job job,
      Rejections rejections,
      @Nullable RuleOutput output,
      Transforms transforms,
      Supplier<SinkTask> newTask) {
    this.job = job;
    this.rejections = rejections;
    this.output = output;
    this.newTask = newTask;
    this.converter = new SinkConverter(job.spec().valueFormat(), transforms);
  }

  /**
   * A worker for a sink.
   *
   * @throws ConnectorException of category CONFIGURATION if a transform is malformed
   */
  public static Worker sink(SinkType type, Job job) {
    return new SinkWorker(
        job,
        new Rejections(job, new Appender(job)),
        null,
        Transforms.compile(job.spec().transforms()),
        isExact(job) ? type::newTransactionalTask : type::newTask);
  }

  /**
   * A worker for a rule. The rule's task transforms by itself, since only it can change topics.
   *
   * @throws ConnectorException of category CONFIGURATION if a transform or template is malformed
   */
  public static Worker rule(Job job) {
    @Nullable RuleOutput output = isExact(job) ? new RuleOutput(job) : null;
    Rejections rejections =
        new Rejections(job, output == null ? new Appender(job) : new Appender(job, output));
    RuleTask task = new RuleTask(job, rejections, output);
    return new SinkWorker(job, rejections, output, Transforms.compile(List.of()), () -> task);
  }

  private static boolean isExact(Job job) {
    return job.spec().delivery() == Delivery.EXACTLY_ONCE;
  }

  @Override
  public void run() throws Exception {
    try (SinkTask task = newTask.get()) {
      task.start(new Context(job, rejections));
      job.monitor().started();
      lastPutMillis = job.clock().millis();
      try (SinkProgress progress = new SinkProgress(job, output)) {
        carryUntilStopped(task, progress);
      }
    } catch (StoppedException stopped) {
      // As asked; what was not committed comes again.
      return;
    }
  }

  private void carryUntilStopped(SinkTask task, SinkProgress progress) throws Exception {
    SinkTarget target =
        isExact(job) && task instanceof TransactionalSinkTask exact
            ? new SinkTarget.Exact(exact)
            : new SinkTarget.Plain(task);
    SinkReader reader = new SinkReader(job, target);
    SinkDelivery delivery = new SinkDelivery(job, target, rejections, progress);
    while (!job.control().stopping()) {
      if (job.control().paused()) {
        progress.commitAndPin();
        job.control().awaitResumed(job.monitor());
        continue;
      }
      Chunk chunk = reader.read();
      if (chunk.isEmpty()) {
        progress.done(chunk.ends);
        progress.commitIdle();
        rest(task, reader);
      } else {
        carry(chunk, delivery, progress);
        progress.commitIfDue();
      }
    }
  }

  private void carry(Chunk chunk, SinkDelivery delivery, SinkProgress progress) throws Exception {
    List<SinkRecord> converted = new ArrayList<>(chunk.entries.size());
    for (int i = 0; i < chunk.entries.size(); i++) {
      DeadLetters.RefusedException refused = take(chunk.entries.get(i), converted);
      if (refused != null) {
        Map<TopicPartition, Long> before = chunk.endsBefore(i);
        deliver(converted, before, delivery);
        progress.done(before);
        throw refused;
      }
    }
    deliver(converted, chunk.ends, delivery);
    progress.done(chunk.ends);
    chunk.count(job.monitor());
  }

  /** Converts what was read or sets it aside; tells if that is to fail the task. */
  private DeadLetters.@Nullable RefusedException take(Entry entry, List<SinkRecord> converted)
      throws InterruptedException {
    return switch (entry) {
      case StoredRecord stored -> convert(stored, converted);
      case Unreadable unreadable -> setAside(() -> rejections.reject(unreadable));
    };
  }

  private DeadLetters.@Nullable RefusedException convert(
      StoredRecord stored, List<SinkRecord> converted) throws InterruptedException {
    try {
      SinkRecord sinkRecord = converter.convert(stored);
      if (sinkRecord != null) {
        converted.add(sinkRecord);
      }
      return null;
    } catch (ConnectorException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw PlacedException.of(e, ErrorPlace.of(stored));
      }
      return setAside(() -> rejections.reject(stored, e, conversion()));
    }
  }

  private Stage conversion() {
    return job.spec().valueFormat() == ConnectorSpec.ValueFormat.AUTO
        ? Stage.TRANSFORMATION
        : Stage.VALUE_CONVERTER;
  }

  private interface Rejection {
    void run() throws InterruptedException;
  }

  private static DeadLetters.@Nullable RefusedException setAside(Rejection rejection)
      throws InterruptedException {
    try {
      rejection.run();
      return null;
    } catch (DeadLetters.RefusedException refused) {
      return refused;
    }
  }

  private void deliver(
      List<SinkRecord> converted, Map<TopicPartition, Long> ends, SinkDelivery delivery)
      throws Exception {
    delivery.deliver(converted, ends);
    if (!converted.isEmpty()) {
      lastPutMillis = job.clock().millis();
    }
  }

  /** Waits for something to read; lets the task do its time-based work meanwhile. */
  private void rest(SinkTask task, SinkReader reader) throws Exception {
    LogException trouble = reader.trouble();
    if (trouble != null) {
      boolean unused = job.control().sleep(job.monitor().failed(Errors.classify(trouble)));
      return;
    }
    job.monitor().works();
    if (job.clock().millis() - lastPutMillis >= IDLE_EVERY_MILLIS) {
      task.idle();
      lastPutMillis = job.clock().millis();
    }
    reader.await(MAX_WAIT);
  }

  private record Context(Job job, Rejections rejections) implements SinkContext {

    @Override
    public void reject(SinkRecord rejected, ConnectorException error) {
      try {
        rejections.reject(rejected, error, Stage.TASK_PUT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }

    @Override
    public String connector() {
      return job.connector();
    }

    @Override
    public int taskNumber() {
      return job.taskNumber();
    }

    @Override
    public int taskCount() {
      return job.spec().tasks();
    }

    @Override
    public Options options() {
      return job.spec().options().asOptions();
    }

    @Override
    public Clock clock() {
      return job.clock();
    }
  }
}
