package dev.sluice.source.mqtt;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from a bounded queue that the client fills. Where the session stands is the
 * broker's business; the position stored in the log is the list of subscriptions, so that those of
 * an earlier configuration are ended.
 *
 * <p><b>Invariant ack-after-durable:</b> a message is acknowledged to the broker only in {@link
 * #acknowledged}, in the order in which it came.
 */
final class MqttTask implements SourceTask {

  private static final Logger LOG = LoggerFactory.getLogger(MqttTask.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
  private static final Duration FAREWELL_LIMIT = Duration.ofSeconds(3);
  private static final String SUBSCRIPTIONS = "subscribe";

  private final UnaryOperator<MqttConfig> adjusted;
  private final MessageMapper mapper = new MessageMapper();
  private final ExecutorService receiving =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("sluice-mqtt-receive").factory());
  private final CompletableFuture<ConnectorException> lost = new CompletableFuture<>();

  /** What {@link #acknowledged} acknowledges, a list for each batch, in order. */
  private final Queue<List<Message>> unacknowledged = new ConcurrentLinkedQueue<>();

  private BlockingQueue<Message> received = new LinkedBlockingQueue<>(1);
  private int largestBatch = 1;
  private @Nullable Broker broker;
  private @Nullable SourcePosition news;

  /**
   * A task.
   *
   * @param adjusted what to make of the options
   */
  MqttTask(UnaryOperator<MqttConfig> adjusted) {
    this.adjusted = adjusted;
  }

  @Override
  public void start(SourceContext context) throws InterruptedException {
    MqttConfig config = adjusted.apply(MqttConfig.of(context.connector(), context.options()));
    if (context.taskCount() > 1) {
      throw ConnectorException.configuration(
          "tasks-not-supported",
          "A subscription can't be shared among " + context.taskCount() + " tasks.",
          "Leave 'tasks' at 1.");
    }
    largestBatch = config.receiveMaximum();
    received = new LinkedBlockingQueue<>(largestBatch);
    MqttFailures failures = new MqttFailures(config);
    Broker connection =
        Broker.of(
            config,
            this::receive,
            receiving,
            disconnected -> lost.complete(failures.of(disconnected.getCause())));
    broker = connection;
    boolean resumed = await(connection.connect(), failures, ANSWER_LIMIT);
    if (!resumed && !context.positions().isEmpty()) {
      LOG.warn(
          "The broker {} has no session for client id '{}' any more; messages that were sent"
              + " meanwhile may be missing.",
          config.address(),
          config.clientId());
    }
    takeUpSubscriptions(connection, config, context, failures);
  }

  private void takeUpSubscriptions(
      Broker connection, MqttConfig config, SourceContext context, MqttFailures failures)
      throws InterruptedException {
    Map<String, Object> session =
        Map.of("broker", config.address().toString(), "client-id", config.clientId());
    List<String> outdated = new ArrayList<>(earlier(context.offset(session)));
    boolean changed = !outdated.equals(config.filters());
    outdated.removeAll(config.filters());
    if (!outdated.isEmpty()) {
      await(connection.unsubscribe(outdated), failures, ANSWER_LIMIT);
    }
    await(connection.subscribe(config.filters()), failures, ANSWER_LIMIT);
    if (changed) {
      news = new SourcePosition(session, Map.of(SUBSCRIPTIONS, config.filters()));
    }
  }

  private static List<String> earlier(Optional<Map<String, Object>> offset) {
    return offset.map(stored -> stored.get(SUBSCRIPTIONS)).orElse(null) instanceof List<?> filters
        ? filters.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Blocks while the queue is full, which makes the client stop reading from the broker. */
  private void receive(Message message) {
    try {
      received.put(message);
    } catch (InterruptedException e) {
      // The task is closing; the broker delivers the message again.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    if (lost.isDone()) {
      throw lost.join();
    }
    SourcePosition position = news;
    news = null;
    Message first =
        position != null ? received.poll() : received.poll(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    List<Message> messages = new ArrayList<>();
    if (first != null) {
      messages.add(first);
      received.drainTo(messages, largestBatch - 1);
    }
    if (messages.isEmpty() && position == null) {
      return Optional.empty();
    }
    unacknowledged.add(messages);
    return Optional.of(
        new SourceBatch(
            messages.stream().map(mapper::record).toList(),
            position == null ? List.of() : List.of(position)));
  }

  @Override
  public void acknowledged(SourceBatch batch) {
    List<Message> durable = unacknowledged.poll();
    if (durable == null) {
      throw new IllegalStateException("A batch was acknowledged that was not polled.");
    }
    durable.forEach(message -> message.acknowledgement().run());
  }

  @Override
  public void close() throws InterruptedException {
    try {
      if (broker != null && !lost.isDone()) {
        broker.disconnect().get(FAREWELL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The broker was not connected any more.", e);
    } finally {
      receiving.shutdownNow();
    }
  }

  /**
   * Waits for the broker's answer.
   *
   * @throws ConnectorException if it is a refusal, or does not come
   */
  static <T> T await(CompletableFuture<T> answer, MqttFailures failures, Duration limit)
      throws InterruptedException {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failures.of(e.getCause());
    } catch (TimeoutException e) {
      throw failures.of(e);
    }
  }
}
