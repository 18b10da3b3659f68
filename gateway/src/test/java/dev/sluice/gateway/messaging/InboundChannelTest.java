package dev.sluice.gateway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import io.smallrye.mutiny.subscription.Cancellable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboundChannelTest {

  private static final TopicPartition P = new TopicPartition("in", 0);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final InMemoryLog log = new InMemoryLog();
  private final Groups groups = log.groups();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final BlockingQueue<Message<byte[]>> received = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable Cancellable subscription;

  @BeforeEach
  void createTopic() {
    log.create("in", 1, TopicSettings.DEFAULT);
  }

  @AfterEach
  void stopThreads() {
    if (subscription != null) {
      subscription.cancel();
    }
    threads.shutdownNow();
  }

  @Test
  void positionMovesWithAcknowledgementsAlone() throws InterruptedException {
    append("a", "b", "c");
    InboundChannel channel = channel(FailureStrategy.FAIL);
    listen(channel);
    List<Message<byte[]>> messages = List.of(next(), next(), next());
    assertThat(messages)
        .extracting(m -> new String(m.getPayload(), StandardCharsets.UTF_8))
        .containsExactly("a", "b", "c");
    assertThat(groups.committed("g")).isEmpty();

    messages.get(1).ack().toCompletableFuture().join();
    await().atMost(LIMIT).until(() -> groups.committed("g").equals(Map.of(P, 0L)));
    messages.get(0).ack().toCompletableFuture().join();
    await().atMost(LIMIT).until(() -> groups.committed("g").equals(Map.of(P, 2L)));
    channel.close();
  }

  @Test
  void whatCannotBeDecodedIsSkipped() throws InterruptedException {
    append("a");
    log.appendUnreadable(P, 3, 0);
    append("b");
    InboundChannel channel = channel(FailureStrategy.FAIL);
    listen(channel);

    List<Message<byte[]>> messages = List.of(next(), next());
    assertThat(messages)
        .extracting(m -> new String(m.getPayload(), StandardCharsets.UTF_8))
        .containsExactly("a", "b");
    messages.forEach(message -> message.ack().toCompletableFuture().join());
    await().atMost(LIMIT).until(() -> groups.committed("g").equals(Map.of(P, 5L)));
    channel.close();
  }

  @Test
  void aNewChannelGoesOnBehindWhatWasAcknowledged() throws InterruptedException {
    append("a", "b");
    groups.commit("g", Map.of(P, 1L));
    InboundChannel channel = channel(FailureStrategy.FAIL);
    listen(channel);
    assertThat(next().getPayload()).isEqualTo("b".getBytes(StandardCharsets.UTF_8));
    channel.close();
  }

  @Test
  void aRefusedMessageGoesWholeToTheDeadLetters() throws InterruptedException {
    append("poison");
    InboundChannel channel = channel(FailureStrategy.DEAD_LETTER);
    listen(channel);
    next().nack(new IllegalArgumentException("no good")).toCompletableFuture().join();
    List<StoredRecord> letters = log.all("g.dead-letters");
    assertThat(letters).hasSize(1);
    assertThat(letters.getFirst().value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8));
    assertThat(letters.getFirst().headers())
        .anySatisfy(
            header -> {
              assertThat(header.key()).isEqualTo("__connect.errors.exception.message");
              assertThat(header.value()).isEqualTo("no good".getBytes(StandardCharsets.UTF_8));
            });
    await().atMost(LIMIT).until(() -> groups.committed("g").equals(Map.of(P, 1L)));
    channel.close();
  }

  @Test
  void aRefusedMessageStopsAChannelThatShallFail() throws InterruptedException {
    append("poison");
    InboundChannel channel = channel(FailureStrategy.FAIL);
    listen(channel);
    assertThat(next().nack(new IllegalArgumentException("no good"))).isCompletedExceptionally();
    append("next");
    await().atMost(LIMIT).until(() -> failure.get() != null);
    assertThat(received).isEmpty();
    assertThat(groups.committed("g")).isEmpty();
    channel.close();
  }

  private void listen(InboundChannel channel) {
    subscription = channel.messages().subscribe().with(received::add, failure::set);
  }

  private Message<byte[]> next() throws InterruptedException {
    Message<byte[]> message = received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(message).as("a message within %s", LIMIT).isNotNull();
    return Objects.requireNonNull(message);
  }

  private InboundChannel channel(FailureStrategy strategy) {
    Refusals refusals =
        new Refusals(
            strategy,
            "g.dead-letters",
            topic -> new TopicWriter(topic, log, log, new ObjectMapper(), Clock.systemUTC()));
    return new InboundChannel(
        "g", new TopicReader("in", "g", true, log, log, groups), groups, refusals, 100, threads);
  }

  private void append(String... values) {
    for (String value : values) {
      log.append(
              P, List.of(new NewRecord(0, null, value.getBytes(StandardCharsets.UTF_8), List.of())))
          .join();
    }
  }
}
