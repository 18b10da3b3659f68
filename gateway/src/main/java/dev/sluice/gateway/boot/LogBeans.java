package dev.sluice.gateway.boot;

import dev.sluice.broker.Broker;
import dev.sluice.gateway.events.Events;
import dev.sluice.gateway.events.ReportedTopics;
import dev.sluice.gateway.kafka.KafkaEndpoint;
import dev.sluice.gateway.kafka.KafkaGate;
import dev.sluice.gateway.log.Disk;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.log.Transactions;
import dev.sluice.gateway.log.embedded.EmbeddedDisk;
import dev.sluice.gateway.log.embedded.EmbeddedGroups;
import dev.sluice.gateway.log.embedded.EmbeddedRecords;
import dev.sluice.gateway.log.embedded.EmbeddedTopics;
import dev.sluice.gateway.log.embedded.EmbeddedTransactions;
import dev.sluice.gateway.log.embedded.FormerGroups;
import dev.sluice.gateway.metrics.FlushMeters;
import dev.sluice.gateway.metrics.MeteredRecords;
import dev.sluice.gateway.metrics.MeteredTransactions;
import dev.sluice.gateway.metrics.TopicTraffic;
import dev.sluice.log.manager.ConsumedOffsets;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The ports of the log as beans, on the broker that the command line has opened. */
@Singleton
final class LogBeans {

  @Produces
  @Singleton
  Broker broker(FlushMeters flushes, MeterRegistry registry) {
    Launch.current().metrics().passTo(new LogMeters(flushes, registry));
    return Launch.current().broker().join();
  }

  @Produces
  @Singleton
  KafkaEndpoint kafka() {
    return Launch.current().kafka();
  }

  @Produces
  @Singleton
  Topics topics(Broker broker, Events events) {
    return new ReportedTopics(new EmbeddedTopics(broker), events, Clock.systemUTC());
  }

  @Produces
  @Singleton
  Records records(Broker broker, TopicTraffic traffic) {
    return new MeteredRecords(new EmbeddedRecords(broker), traffic);
  }

  @Produces
  @Singleton
  Disk disk(Broker broker) {
    return new EmbeddedDisk(broker);
  }

  @Produces
  @Singleton
  Groups groups(Topics topics, Records records) {
    Groups groups = new EmbeddedGroups(Launch.current().kafka().groups());
    FormerGroups.takeOver(topics, records, groups);
    return groups;
  }

  @Produces
  @Singleton
  Transactions transactions(Broker broker, TopicTraffic traffic) {
    KafkaGate kafka = Launch.current().kafka();
    return new MeteredTransactions(
        new EmbeddedTransactions(broker, kafka.transactions(), kafka.groups()), traffic);
  }

  @Produces
  @Singleton
  ConsumedOffsets consumed(Groups moved, DeclaredReaders readers) {
    return Launch.current().kafka().groups().consumedOffsets(readers::groupsOf);
  }
}
