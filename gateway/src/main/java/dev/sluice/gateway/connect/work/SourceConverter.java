package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.RejectedInput;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceRecord;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.connect.transform.Template;
import dev.sluice.gateway.connect.transform.Transforms;
import dev.sluice.gateway.connect.value.Values;
import dev.sluice.gateway.log.NewRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a source polled into batches for partitions: transforms, then templates for topic and
 * key, then bytes. A record that fails becomes a dead letter; its neighbours go on. Belongs to one
 * thread.
 *
 * <p>Files come at hundreds of thousands of records a second, so what is the same for many records
 * is worked out once: without transforms no {@link Passage} is made, and the topic is resolved anew
 * only when a record brings another attribute map.
 */
final class SourceConverter {

  private final Template topic;
  private final @Nullable Template key;
  private final Transforms transforms;
  private final DeadLetters deadLetters;
  private final OutputTopics topics;
  private final Clock clock;

  private @Nullable Map<String, String> lastAttributes;
  private @Nullable String lastTopic;

  SourceConverter(Job job) {
    this(
        job.spec(),
        new DeadLetters(job),
        new OutputTopics(job.log().topics(), job.stubborn()),
        job.clock());
  }

  SourceConverter(ConnectorSpec spec, DeadLetters deadLetters, OutputTopics topics, Clock clock) {
    this.topic = Template.parse(Objects.requireNonNull(spec.topic(), "topic of a source"));
    String keyTemplate = spec.key();
    this.key = keyTemplate == null ? null : Template.parse(keyTemplate);
    this.transforms = Transforms.compile(spec.transforms());
    this.deadLetters = deadLetters;
    this.topics = topics;
    this.clock = clock;
    if (topic.constant()) {
      lastTopic = topic.text();
    }
  }

  /**
   * Converts a batch.
   *
   * @throws DeadLetters.RefusedException if a record is refused and that is to fail the task
   */
  Prepared convert(SourceBatch batch) throws InterruptedException {
    OutputBatch output = new OutputBatch(topics);
    long now = clock.millis();
    int rejected = 0;
    List<SourceRecord> records = batch.records();
    for (int i = 0; i < records.size(); i++) {
      SourceRecord sourceRecord = records.get(i);
      try {
        convert(sourceRecord, now, output);
      } catch (ConnectorException e) {
        if (e.category() != ErrorCategory.DATA) {
          throw PlacedException.of(e, new ErrorPlace.Outside(sourceRecord.attributes()));
        }
        NewRecord original = original(sourceRecord, now);
        output.add(deadLetters.topic(), letter(original, e, sourceRecord.attributes()));
        rejected++;
      }
    }
    for (RejectedInput input : batch.rejected()) {
      NewRecord raw = new NewRecord(now, null, input.raw(), List.of());
      output.add(
          deadLetters.topic(),
          deadLetters.letter(raw, null, input.error(), Stage.TASK_POLL, input.place()));
      rejected++;
    }
    return new Prepared(batch, output.outgoing(), rejected);
  }

  private void convert(SourceRecord from, long now, OutputBatch output)
      throws InterruptedException {
    Long stamped = from.timestampMillis();
    long timestamp = stamped == null ? now : stamped;
    if (key == null && transforms.isEmpty()) {
      String target = knownTopic(from);
      if (target != null) {
        byte[] keyBytes = Values.bytes(from.key());
        byte[] valueBytes = Values.bytes(from.value());
        output.add(target, new NewRecord(timestamp, keyBytes, valueBytes, from.headers()));
        return;
      }
    }
    convertSlowly(from, timestamp, output);
  }

  /** The topic, if the template is constant or decided by the attributes alone; else null. */
  private @Nullable String knownTopic(SourceRecord from) {
    Map<String, String> attributes = from.attributes();
    if (attributes == lastAttributes || topic.constant()) {
      return lastTopic;
    }
    lastTopic =
        topic.decidedBy(attributes) ? topic.resolve(Passage.in(0, List.of(), attributes)) : null;
    lastAttributes = attributes;
    return lastTopic;
  }

  private void convertSlowly(SourceRecord from, long timestamp, OutputBatch output)
      throws InterruptedException {
    Passage passage =
        Passage.in(timestamp, from.headers(), from.attributes()).with(from.key(), from.value());
    if (!transforms.apply(passage)) {
      return;
    }
    String chosen = passage.topic();
    String target = chosen == null ? topic.resolve(passage) : chosen;
    Object keyObject = key == null ? passage.key() : key.resolve(passage);
    output.add(
        target,
        new NewRecord(
            timestamp, Values.bytes(keyObject), Values.bytes(passage.value()), from.headers()));
  }

  private NewRecord letter(NewRecord original, ConnectorException e, Map<String, String> place) {
    return deadLetters.letter(original, null, e, Stage.TRANSFORMATION, place);
  }

  /** The record as the source gave it; where that has no form in bytes, its text. */
  private static NewRecord original(SourceRecord from, long now) {
    Long stamped = from.timestampMillis();
    return new NewRecord(
        stamped == null ? now : stamped, orText(from.key()), orText(from.value()), from.headers());
  }

  private static byte @Nullable [] orText(@Nullable Object value) {
    try {
      return Values.bytes(value);
    } catch (ConnectorException notJson) {
      return Values.bytes(String.valueOf(value));
    }
  }
}
