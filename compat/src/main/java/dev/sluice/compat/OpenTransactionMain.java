package dev.sluice.compat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Begins a transaction, and never ends it: {@code OpenTransactionMain BOOTSTRAP TRANSACTIONAL_ID
 * TOPIC}. Says "open" when the first record is there.
 */
public final class OpenTransactionMain {

  private OpenTransactionMain() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", arguments[0], "transactional.id", arguments[1]),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      RecordMetadata sent = producer.send(new ProducerRecord<>(arguments[2], 0, "k", "v")).get();
      System.out.println("open at " + sent.offset());
      new CountDownLatch(1).await();
    }
  }
}
