package dev.sluice.gateway.messaging;

import dev.sluice.connector.Header;
import dev.sluice.gateway.log.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * What one channel does with messages that its bean refuses.
 *
 * @param strategy what becomes of them
 * @param deadLetterTopic where they are copied to under {@link FailureStrategy#DEAD_LETTER}
 * @param writers opens a writer for a topic
 */
record Refusals(
    FailureStrategy strategy, String deadLetterTopic, Function<String, TopicWriter> writers) {

  /** Copies a record, whole, with the reason in Kafka Connect's headers; completes when durable. */
  CompletableFuture<Void> deadLetter(String group, StoredRecord record, Throwable reason) {
    List<Header> headers = new ArrayList<>(record.headers());
    headers.add(Header.of("__connect.errors.topic", record.topicPartition().topic()));
    headers.add(
        Header.of(
            "__connect.errors.partition", String.valueOf(record.topicPartition().partition())));
    headers.add(Header.of("__connect.errors.offset", String.valueOf(record.offset())));
    headers.add(Header.of("__connect.errors.connector.name", group));
    headers.add(Header.of("__connect.errors.exception.class.name", reason.getClass().getName()));
    headers.add(
        Header.of("__connect.errors.exception.message", String.valueOf(reason.getMessage())));
    Message<byte[]> copy =
        Message.of(record.value(), Metadata.of(new OutgoingRecordMetadata(record.key(), headers)));
    return writers.apply(deadLetterTopic).write(copy).thenApply(appended -> null);
  }
}
