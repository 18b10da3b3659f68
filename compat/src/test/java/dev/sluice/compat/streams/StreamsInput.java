package dev.sluice.compat.streams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends the application its input with an idempotent producer, and keeps its own books. */
final class StreamsInput implements AutoCloseable {

  private static final List<String> REGIONS = List.of("north", "east", "south", "west");

  private static final int AT_A_TIME = 3;

  private final KafkaProducer<String, String> producer;
  private final Random random;
  private final Map<String, Long> words = new TreeMap<>();
  private final List<String> paid = new ArrayList<>();
  private final Map<String, String> balances = new HashMap<>();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private int orders;

  StreamsInput(String bootstrap, Random random) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 2),
            new StringSerializer(),
            new StringSerializer());
    this.random = random;
  }

  /**
   * Sends so many of each kind, some at a time, and waits until all are acknowledged: so the
   * application has something to do for as long as this takes.
   */
  void send(int count) throws ExecutionException, InterruptedException {
    for (int i = 0; i < count; i++) {
      sendLine();
      sendOrder();
      sendBalance();
      if (i % AT_A_TIME == 0) {
        awaitAcknowledged();
      }
    }
    awaitAcknowledged();
  }

  private void awaitAcknowledged() throws ExecutionException, InterruptedException {
    for (Future<RecordMetadata> one : sent) {
      RecordMetadata unused = one.get();
    }
    sent.clear();
  }

  private void sendLine() {
    List<String> line = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String word = "word" + random.nextInt(50);
      line.add(word);
      Long unused = words.merge(word, 1L, Long::sum);
    }
    send(StreamsTopology.LINES, "line" + random.nextInt(1000), String.join(" ", line));
  }

  private void sendOrder() {
    String id = "order" + orders++;
    send(StreamsTopology.ORDERS, id, "o" + id);
    if (random.nextInt(4) > 0) {
      send(StreamsTopology.PAYMENTS, id, "p" + id);
      paid.add(id + "=o" + id + "+p" + id);
    }
  }

  private void sendBalance() {
    String account = "account" + random.nextInt(40);
    String balance = REGIONS.get(random.nextInt(REGIONS.size())) + ":" + random.nextInt(1000);
    String unused = balances.put(account, balance);
    send(StreamsTopology.BALANCES, account, balance);
  }

  private void send(String topic, String key, String value) {
    boolean unused = sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
  }

  Expected expected() {
    Map<String, List<Long>> counts = new TreeMap<>();
    words.forEach(
        (word, count) -> counts.put(word, LongStream.rangeClosed(1, count).boxed().toList()));
    Map<String, Long> regions = new TreeMap<>();
    REGIONS.forEach(region -> regions.put(region, 0L));
    balances
        .values()
        .forEach(
            balance -> {
              int colon = balance.indexOf(':');
              Long unused =
                  regions.merge(
                      balance.substring(0, colon),
                      Long.parseLong(balance.substring(colon + 1)),
                      Long::sum);
            });
    return new Expected(counts, paid.stream().sorted().toList(), regions);
  }

  @Override
  public void close() {
    producer.close();
  }
}
