package dev.sluice.gateway.connect.work;

import dev.sluice.connector.Options;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceTask;
import dev.sluice.connector.SourceType;
import dev.sluice.gateway.config.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a source: polls, converts, and hands over to the {@link SourceFlow}. */
public final class SourceWorker implements Worker {

  private static final Duration MAX_WAIT = Duration.ofMillis(200);

  private final SourceType type;
  private final Job job;

  public SourceWorker(SourceType type, Job job) {
    this.type = type;
    this.job = job;
  }

  @Override
  public void run() throws Exception {
    try {
      // First of all: only then is it known where a former task got to.
      @Nullable SourceTransactions transactions =
          job.spec().delivery() == Delivery.EXACTLY_ONCE ? SourceTransactions.open(job) : null;
      run(transactions);
    } catch (StoppedException stopped) {
      // As asked; what was not acknowledged comes again.
      return;
    }
  }

  private void run(@Nullable SourceTransactions transactions) throws Exception {
    SourceConverter converter = new SourceConverter(job);
    try (SourceTask task = type.newTask()) {
      task.start(context());
      job.monitor().started();
      task.capture().ifPresent(job.monitor()::captures);
      try (SourceFlow flow = SourceFlow.start(job, task, transactions)) {
        pollUntilStopped(task, converter, flow);
      }
    }
  }

  private void pollUntilStopped(SourceTask task, SourceConverter converter, SourceFlow flow)
      throws Exception {
    while (!job.control().stopping()) {
      job.control().awaitResumed(job.monitor());
      if (job.control().stopping()) {
        return;
      }
      Optional<SourceBatch> batch = task.poll(MAX_WAIT);
      if (batch.isPresent()) {
        flow.submit(converter.convert(batch.get()));
      } else if (flow.isEmpty()) {
        job.monitor().works();
      }
    }
  }

  private SourceContext context() {
    List<SourcePosition> positions = job.positions().positions(job.connector());
    return new Context(job, positions);
  }

  private record Context(Job job, List<SourcePosition> positions) implements SourceContext {

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
