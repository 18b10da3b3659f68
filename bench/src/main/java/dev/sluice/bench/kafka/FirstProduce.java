package dev.sluice.bench.kafka;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that keeps trying until the server that is about to start has taken a record. */
final class FirstProduce {

  private static final int RETRY_MILLIS = 5;
  private static final int PATIENCE_MILLIS = 60_000;

  private FirstProduce() {}

  /** Waits for the acknowledgement of one record; the producer's classes are loaded before. */
  static void await(String servers, String topic) throws IOException, InterruptedException {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", servers,
            "acks", "1",
            "enable.idempotence", false,
            "reconnect.backoff.ms", RETRY_MILLIS,
            "reconnect.backoff.max.ms", RETRY_MILLIS,
            "retry.backoff.ms", RETRY_MILLIS,
            "retry.backoff.max.ms", RETRY_MILLIS,
            "linger.ms", 0,
            "max.block.ms", PATIENCE_MILLIS);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      RecordMetadata unused = producer.send(new ProducerRecord<>(topic, new byte[100])).get();
    } catch (ExecutionException e) {
      throw new IOException("No record was taken", e);
    }
  }
}
