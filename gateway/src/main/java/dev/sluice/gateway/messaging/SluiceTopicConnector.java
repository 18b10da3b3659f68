package dev.sluice.gateway.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.providers.helpers.MultiUtils;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** The connector {@code sluice-topic}. The log is looked up when a channel first needs it. */
@ApplicationScoped
@Connector(SluiceTopicConnector.NAME)
@ConnectorAttribute(
    name = "topic",
    type = "string",
    direction = Direction.INCOMING_AND_OUTGOING,
    description = "The topic; the channel's name when it is not set")
@ConnectorAttribute(
    name = "group",
    type = "string",
    direction = Direction.INCOMING,
    description = "The consumer group whose positions are kept; the channel's name when not set")
@ConnectorAttribute(
    name = "from",
    type = "string",
    direction = Direction.INCOMING,
    description = "Where a group without positions starts: earliest or latest",
    defaultValue = "earliest")
@ConnectorAttribute(
    name = "failure-strategy",
    type = "string",
    direction = Direction.INCOMING,
    description = "What becomes of a message that is refused: fail, ignore or dead-letter",
    defaultValue = "fail")
@ConnectorAttribute(
    name = "dead-letter-topic",
    type = "string",
    direction = Direction.INCOMING,
    description = "The topic for refused records; <group>.dead-letters when not set")
@ConnectorAttribute(
    name = "max-outstanding",
    type = "int",
    direction = Direction.INCOMING,
    description = "How many messages may wait for acknowledgement before reading pauses",
    defaultValue = "1000")
@ConnectorAttribute(
    name = "max-inflight",
    type = "int",
    direction = Direction.OUTGOING,
    description = "How many appends may wait for the disk at once",
    defaultValue = "256")
public class SluiceTopicConnector implements InboundConnector, OutboundConnector {

  /** The connector's name in configuration. */
  public static final String NAME = "sluice-topic";

  private final Instance<Topics> topics;
  private final Instance<Records> records;
  private final Instance<Groups> groups;
  private final ObjectMapper json;
  private final Clock clock = Clock.systemUTC();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<InboundChannel> inbound = new CopyOnWriteArrayList<>();

  @Inject
  SluiceTopicConnector(
      Instance<Topics> topics,
      Instance<Records> records,
      Instance<Groups> groups,
      ObjectMapper json) {
    this.topics = topics;
    this.records = records;
    this.groups = groups;
    this.json = json;
  }

  @Override
  public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
    String channel = config.getValue("channel-name", String.class);
    String topic = config.getOptionalValue("topic", String.class).orElse(channel);
    String group = config.getOptionalValue("group", String.class).orElse(channel);
    String from = config.getOptionalValue("from", String.class).orElse("earliest");
    if (!from.equals("earliest") && !from.equals("latest")) {
      throw new IllegalArgumentException(
          "Channel '" + channel + "': from is '" + from + "'; use earliest or latest");
    }
    Refusals refusals =
        new Refusals(
            FailureStrategy.of(
                config.getOptionalValue("failure-strategy", String.class).orElse("fail")),
            config
                .getOptionalValue("dead-letter-topic", String.class)
                .orElse(group + ".dead-letters"),
            this::writer);
    int maxOutstanding = config.getOptionalValue("max-outstanding", Integer.class).orElse(1000);
    Uni<InboundChannel> opened =
        Uni.createFrom()
            .item(
                () -> {
                  TopicReader reader =
                      new TopicReader(
                          topic,
                          group,
                          from.equals("earliest"),
                          topics.get(),
                          records.get(),
                          groups.get());
                  InboundChannel made =
                      new InboundChannel(
                          group, reader, groups.get(), refusals, maxOutstanding, threads);
                  inbound.add(made);
                  return made;
                })
            .runSubscriptionOn(threads);
    return opened.onItem().transformToMulti(InboundChannel::messages);
  }

  @Override
  public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
    String channel = config.getValue("channel-name", String.class);
    String topic = config.getOptionalValue("topic", String.class).orElse(channel);
    int maxInflight = config.getOptionalValue("max-inflight", Integer.class).orElse(256);
    OutboundChannel outbound = new OutboundChannel(channel, () -> writer(topic));
    return MultiUtils.via(
        (Multi<Message<?>> messages) -> outbound.write(messages, threads, maxInflight));
  }

  private TopicWriter writer(String topic) {
    return new TopicWriter(topic, topics.get(), records.get(), json, clock);
  }

  @PreDestroy
  void close() {
    inbound.forEach(InboundChannel::close);
    threads.close();
  }
}
