package dev.sluice.gateway.connect.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.connector.Header;
import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which record a sink or rule has before it. Mostly that is told by where it was read; one that was
 * set aside and is delivered once more stands in the connector's own topic ({@link
 * OwnTopics#redelivery}) and tells by headers where it was read at first. Only there are they
 * believed, since nobody but the gateway writes there.
 *
 * @param origin where it was read at first
 * @param redeliveries how often it was set aside and sent again
 */
public record Provenance(Passage.Origin origin, int redeliveries) {

  private static final String PREFIX = "__sluice.redelivery.";
  private static final String TOPIC = PREFIX + "topic";
  private static final String PARTITION = PREFIX + "partition";
  private static final String OFFSET = PREFIX + "offset";
  private static final String COUNT = PREFIX + "count";

  /** Of a record as it was read. */
  static Provenance of(StoredRecord stored) {
    TopicPartition from = stored.topicPartition();
    return OwnTopics.isRedelivery(from.topic())
        ? told(stored)
        : first(from.topic(), from.partition(), stored.offset());
  }

  /** Of a record that was read where it first stood. */
  static Provenance first(String topic, int partition, long offset) {
    return new Provenance(new Passage.Origin(topic, partition, offset), 0);
  }

  /** As sinks are told. */
  SinkRecord.Origin ofSink() {
    return new SinkRecord.Origin(origin.topic(), origin.partition(), origin.offset());
  }

  /** The record's headers without those that tell of its redelivery. */
  static List<Header> headers(StoredRecord stored) {
    return OwnTopics.isRedelivery(stored.topicPartition().topic())
        ? stored.headers().stream().filter(header -> !header.key().startsWith(PREFIX)).toList()
        : stored.headers();
  }

  /** The record as it is put into the topic of redeliveries. */
  public NewRecord redelivered(NewRecord original) {
    List<Header> headers = new ArrayList<>(original.headers());
    headers.add(Header.of(TOPIC, origin.topic()));
    headers.add(Header.of(PARTITION, Integer.toString(origin.partition())));
    headers.add(Header.of(OFFSET, Long.toString(origin.offset())));
    headers.add(Header.of(COUNT, Integer.toString(redeliveries)));
    return new NewRecord(original.timestampMillis(), original.key(), original.value(), headers);
  }

  private static Provenance told(StoredRecord stored) {
    try {
      return new Provenance(
          new Passage.Origin(
              header(stored, TOPIC),
              Integer.parseInt(header(stored, PARTITION)),
              Long.parseLong(header(stored, OFFSET))),
          Integer.parseInt(header(stored, COUNT)));
    } catch (NumberFormatException e) {
      throw foreign(stored, e);
    }
  }

  private static String header(StoredRecord stored, String name) {
    byte[] value = null;
    for (Header header : stored.headers()) {
      value = header.key().equals(name) ? header.value() : value;
    }
    if (value == null) {
      throw foreign(stored, null);
    }
    return new String(value, UTF_8);
  }

  private static LogException foreign(StoredRecord stored, @Nullable Throwable cause) {
    return new LogException(
        LogException.Code.INTERNAL,
        "The record at offset %d of %s was not put there by the gateway; nobody else may."
            .formatted(stored.offset(), stored.topicPartition()),
        cause);
  }
}
