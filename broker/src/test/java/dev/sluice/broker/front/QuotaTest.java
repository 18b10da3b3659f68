package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.metadata.TopicConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaAlteration.Op;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas are set by Kafka's admin client and felt by its producer and consumer. */
class QuotaTest {

  private static final ClientQuotaEntity SLOW =
      new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "slow"));
  private static final ClientQuotaEntity ALICE =
      new ClientQuotaEntity(
          Map.of(ClientQuotaEntity.USER, "alice", ClientQuotaEntity.CLIENT_ID, "slow"));

  private TestBroker broker;
  private Admin admin;

  @BeforeEach
  void start(@TempDir Path directory) {
    broker = TestBroker.start(directory);
    broker.broker().topics().create("orders", 1, TopicConfig.FOREVER);
    admin = broker.admin();
  }

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void aProducerAboveItsQuotaIsToldToWait() throws Exception {
    set(SLOW, new Op("producer_byte_rate", 20_000.0));
    assertThat(throttleMillisOfProducer("quick")).isZero();
    assertThat(throttleMillisOfProducer("slow")).isPositive();
  }

  @Test
  void aConsumerAboveItsQuotaIsToldToWait() throws Exception {
    double unused = throttleMillisOfProducer("quick");
    set(SLOW, new Op("consumer_byte_rate", 20_000.0));
    assertThat(throttleMillisOfConsumer("quick")).isZero();
    assertThat(throttleMillisOfConsumer("slow")).isPositive();
  }

  /** A little more than 20,000 bytes a second over the ten seconds that a window has at least. */
  private double throttleMillisOfProducer(String clientId)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, String> producer =
        broker.producer(Map.of("enable.idempotence", false, "client.id", clientId))) {
      String value = "x".repeat(202_000);
      RecordMetadata unused = producer.send(new ProducerRecord<>("orders", 0, "k", value)).get();
      RecordMetadata unused2 = producer.send(new ProducerRecord<>("orders", 0, "k", "y")).get();
      return metric(producer.metrics(), "produce-throttle-time-max");
    }
  }

  private double throttleMillisOfConsumer(String clientId) {
    try (KafkaConsumer<String, String> consumer = broker.consumer(Map.of("client.id", clientId))) {
      consumer.assign(List.of(new TopicPartition("orders", 0)));
      while (consumer.poll(Duration.ofSeconds(20)).isEmpty()) {
        Thread.onSpinWait();
      }
      return metric(consumer.metrics(), "fetch-throttle-time-max");
    }
  }

  private static double metric(Map<MetricName, ? extends Metric> metrics, String name) {
    return metrics.entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .filter(value -> !Double.isNaN(value))
        .max()
        .orElse(0);
  }

  @Test
  void quotasAreListedByFilter() throws Exception {
    set(SLOW, new Op("producer_byte_rate", 1000.0), new Op("consumer_byte_rate", 2000.0));
    set(ALICE, new Op("producer_byte_rate", 3000.0));
    Map<String, String> defaultUser = new HashMap<>();
    defaultUser.put(ClientQuotaEntity.USER, null);
    set(new ClientQuotaEntity(defaultUser), new Op("consumer_byte_rate", 4000.0));

    assertThat(find(ClientQuotaFilter.all())).hasSize(3);
    ClientQuotaFilterComponent slow =
        ClientQuotaFilterComponent.ofEntity(ClientQuotaEntity.CLIENT_ID, "slow");
    assertThat(find(ClientQuotaFilter.contains(List.of(slow)))).containsOnlyKeys(SLOW, ALICE);
    assertThat(find(ClientQuotaFilter.containsOnly(List.of(slow))))
        .containsExactly(
            Map.entry(SLOW, Map.of("producer_byte_rate", 1000.0, "consumer_byte_rate", 2000.0)));
    ClientQuotaFilterComponent others =
        ClientQuotaFilterComponent.ofDefaultEntity(ClientQuotaEntity.USER);
    assertThat(find(ClientQuotaFilter.contains(List.of(others))))
        .containsOnlyKeys(new ClientQuotaEntity(defaultUser));
    ClientQuotaFilterComponent anyUser =
        ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER);
    assertThat(find(ClientQuotaFilter.contains(List.of(anyUser))))
        .containsOnlyKeys(ALICE, new ClientQuotaEntity(defaultUser));
  }

  @Test
  void quotasAreTakenAwayOneByOne() throws Exception {
    set(SLOW, new Op("producer_byte_rate", 1000.0), new Op("consumer_byte_rate", 2000.0));
    set(SLOW, new Op("producer_byte_rate", null));
    assertThat(find(ClientQuotaFilter.all()))
        .containsExactly(Map.entry(SLOW, Map.of("consumer_byte_rate", 2000.0)));
    set(SLOW, new Op("consumer_byte_rate", null), new Op("request_percentage", null));
    assertThat(find(ClientQuotaFilter.all())).isEmpty();
  }

  @Test
  void whatIsOnlyCheckedIsNotSet() throws Exception {
    admin
        .alterClientQuotas(
            List.of(new ClientQuotaAlteration(SLOW, List.of(new Op("producer_byte_rate", 1000.0)))),
            new AlterClientQuotasOptions().validateOnly(true))
        .all()
        .get();
    assertThat(find(ClientQuotaFilter.all())).isEmpty();
  }

  @Test
  void whatIsNotEnforcedIsRefused() {
    ClientQuotaEntity ip = new ClientQuotaEntity(Map.of(ClientQuotaEntity.IP, "10.0.0.1"));
    assertRefused(ip, new Op("connection_creation_rate", 10.0), "can't limit the connections");
    assertRefused(SLOW, new Op("request_percentage", 10.0), "can't hold clients");
    assertRefused(SLOW, new Op("controller_mutation_rate", 10.0), "can't hold clients");
    assertRefused(SLOW, new Op("producer_rate", 10.0), "Invalid configuration key");
    assertRefused(SLOW, new Op("producer_byte_rate", 0.0), "greater than 0");
    assertRefused(SLOW, new Op("producer_byte_rate", Double.NaN), "greater than 0");
    assertRefused(SLOW, new Op("producer_byte_rate", 1.5), "fractional");
    assertRefused(SLOW, new Op("producer_byte_rate", 1e30), "too large");
  }

  private void assertRefused(ClientQuotaEntity entity, Op op, String reason) {
    assertThatThrownBy(() -> set(entity, op))
        .hasCauseInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(reason);
  }

  private void set(ClientQuotaEntity entity, Op... ops)
      throws ExecutionException, InterruptedException {
    admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(ops)))).all().get();
  }

  private Map<ClientQuotaEntity, Map<String, Double>> find(ClientQuotaFilter filter)
      throws ExecutionException, InterruptedException {
    return admin.describeClientQuotas(filter).entities().get();
  }
}
