package dev.sluice.sink.mqtt;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.sink.support.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes records in order. A bounded number waits for acknowledgement at the same time; put
 * returns when all are acknowledged. After a failure the next put connects anew.
 */
final class MqttSinkTask implements SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(MqttSinkTask.class);

  /**
   * Wildcards, and the characters that MQTT 5, 1.5.4, lets a broker close the connection for, which
   * would happen again each time the record is.
   */
  private static final Pattern FORBIDDEN = Pattern.compile("[+#\\p{Cc}\\p{Cn}\\p{Cs}]");

  private record Sent(SinkRecord record, CompletableFuture<?> acknowledgement) {}

  private final Progress progress = new Progress();
  private @Nullable SinkContext context;
  private @Nullable MqttSinkConfig config;
  private @Nullable MqttConnection connection;

  @Override
  public void start(SinkContext context) throws InterruptedException {
    this.context = context;
    this.config =
        MqttSinkConfig.of(
            context.options(), "sluice-" + context.connector() + "-" + context.taskNumber());
    connect();
  }

  private MqttConnection connect() throws InterruptedException {
    MqttConnection fresh = MqttConnection.to(config());
    connection = fresh;
    try {
      await(fresh.connect());
    } catch (ExecutionException | TimeoutException e) {
      drop();
      throw MqttFailures.connecting(config().broker(), e);
    }
    return fresh;
  }

  @Override
  public void put(List<SinkRecord> records) throws InterruptedException {
    List<SinkRecord> missing = progress.begin(records);
    MqttConnection open = connection == null ? connect() : connection;
    boolean done = false;
    try {
      publish(open, missing);
      progress.done();
      done = true;
    } finally {
      if (!done) {
        drop();
      }
    }
  }

  private void publish(MqttConnection open, List<SinkRecord> records) throws InterruptedException {
    Deque<Sent> sent = new ArrayDeque<>();
    for (SinkRecord record : records) {
      if (sent.size() == config().maxInFlight()) {
        settle(sent.remove());
      }
      sent.add(new Sent(record, send(open, record)));
    }
    while (!sent.isEmpty()) {
      settle(sent.remove());
    }
  }

  private CompletableFuture<?> send(MqttConnection open, SinkRecord record) {
    byte[] value = record.valueBytes();
    try {
      String topic = config().topic().render(record, MqttSinkTask::safe);
      return open.publish(topic, value == null ? new byte[0] : value);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          ConnectorException.data(
              "mqtt-topic-malformed",
              "The record's MQTT topic is empty, too long, or holds characters that MQTT forbids.",
              e));
    } catch (ConnectorException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String safe(String field) {
    return FORBIDDEN.matcher(field).replaceAll("_");
  }

  /** Waits for the acknowledgement of the record that was sent first among those left. */
  private void settle(Sent sent) throws InterruptedException {
    try {
      await(sent.acknowledgement());
    } catch (ExecutionException | TimeoutException e) {
      ConnectorException failure =
          e.getCause() instanceof ConnectorException ours
              ? ours
              : MqttFailures.publishing(config().broker(), e);
      if (failure.category() != ErrorCategory.DATA) {
        throw failure;
      }
      Objects.requireNonNull(context).reject(sent.record(), failure);
    }
    progress.delivered(sent.record());
  }

  private void await(CompletableFuture<?> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    Object answer = future.get(config().timeout().toMillis(), TimeUnit.MILLISECONDS);
    LOG.trace("{}", answer);
  }

  @Override
  public void close() {
    drop();
  }

  /** Gives the connection up without waiting. */
  private void drop() {
    MqttConnection open = connection;
    connection = null;
    if (open != null) {
      CompletableFuture<?> closed =
          open.disconnect()
              .whenComplete(
                  (answer, failure) -> {
                    if (failure != null) {
                      LOG.debug("The connection was closed already: {}", failure.toString());
                    }
                  });
      LOG.trace("Closing: {}", closed);
    }
  }

  private MqttSinkConfig config() {
    return Objects.requireNonNull(config, "start comes first");
  }
}
