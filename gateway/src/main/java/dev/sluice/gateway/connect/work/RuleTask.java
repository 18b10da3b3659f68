package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.connect.transform.Template;
import dev.sluice.gateway.connect.transform.Transforms;
import dev.sluice.gateway.connect.value.Values;
import dev.sluice.gateway.log.NewRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule: a sink whose target is the log. What it appends is durable when {@link #put} returns, so
 * position-after-put makes the position durable after the data; under exactly once it is collected
 * for the transaction that the position is in. Keys, values and headers pass through as they are
 * unless a transform changes them.
 */
final class RuleTask implements SinkTask {

  private final Template topic;
  private final @Nullable Template key;
  private final Transforms transforms;
  private final Rejections rejections;
  private final @Nullable RuleOutput collected;
  private final Appender appender;
  private final TaskMonitor monitor;

  /**
   * A task.
   *
   * @param output where records are collected, if exactly once; else null
   */
  RuleTask(Job job, Rejections rejections, @Nullable RuleOutput output) {
    this.topic = Template.parse(Objects.requireNonNull(job.spec().topic(), "topic of a rule"));
    String keyTemplate = job.spec().key();
    this.key = keyTemplate == null ? null : Template.parse(keyTemplate);
    this.transforms = Transforms.compile(job.spec().transforms());
    this.rejections = rejections;
    this.collected = output;
    this.monitor = job.monitor();
    this.appender = output == null ? new Appender(job) : new Appender(job, output);
  }

  @Override
  public void start(SinkContext context) throws InterruptedException {
    if (collected != null) {
      collected.open();
    }
  }

  @Override
  public void put(List<SinkRecord> records) throws InterruptedException {
    if (collected == null) {
      carry(records);
      return;
    }
    int before = collected.size();
    try {
      carry(records);
    } catch (RuntimeException e) {
      collected.cut(before); // A put may be repeated.
      throw e;
    }
  }

  private void carry(List<SinkRecord> records) throws InterruptedException {
    OutputBatch output = new OutputBatch(appender.topics());
    for (SinkRecord sinkRecord : records) {
      try {
        apply(sinkRecord, output);
      } catch (ConnectorException e) {
        if (e.category() != ErrorCategory.DATA) {
          throw PlacedException.of(e, ErrorPlace.of(List.of(sinkRecord)));
        }
        rejections.reject(sinkRecord, e, Stage.TRANSFORMATION);
      }
    }
    for (Outgoing outgoing : output.outgoing()) {
      appender.append(outgoing.topicPartition, outgoing.records);
      if (collected == null) {
        monitor.wrote(outgoing.topicPartition.topic(), outgoing.records.size());
      }
    }
  }

  private void apply(SinkRecord from, OutputBatch output) throws InterruptedException {
    SinkRecord.Origin origin = from.origin();
    Passage passage =
        Passage.out(
                new Passage.Origin(origin.topic(), origin.partition(), origin.offset()),
                from.timestampMillis(),
                from.headers())
            .with(from.keyBytes(), from.valueBytes());
    if (!transforms.apply(passage)) {
      return;
    }
    String chosen = passage.topic();
    String target = chosen == null ? topic.resolve(passage) : chosen;
    Object keyObject = key == null ? passage.key() : key.resolve(passage);
    output.add(
        target,
        new NewRecord(
            from.timestampMillis(),
            Values.bytes(keyObject),
            Values.bytes(passage.value()),
            from.headers()));
  }

  @Override
  public void close() {}
}
