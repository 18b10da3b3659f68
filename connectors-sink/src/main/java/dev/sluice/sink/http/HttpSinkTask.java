package dev.sluice.sink.http;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import dev.sluice.sink.support.Lines;
import dev.sluice.sink.support.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends records, partition by partition in order, some partitions at the same time. A request ends
 * before the next of its partition begins. A refused array is sent again in halves, until the
 * records that are to blame stand alone.
 */
final class HttpSinkTask implements SinkTask {

  private final Sender.Pause pause;
  private final Progress progress = new Progress();
  private @Nullable SinkContext context;
  private @Nullable HttpSinkConfig config;
  private @Nullable Sender sender;
  private @Nullable ExecutorService threads;

  HttpSinkTask(Sender.Pause pause) {
    this.pause = pause;
  }

  @Override
  public void start(SinkContext context) {
    HttpSinkConfig typed = HttpSinkConfig.of(context.options());
    typed.checkTogether();
    this.context = context;
    this.config = typed;
    this.sender = new Sender(typed, context.clock(), pause);
    this.threads =
        Executors.newFixedThreadPool(
            typed.parallel(), Thread.ofVirtual().name(context.connector() + "-http-", 0).factory());
  }

  @Override
  public void put(List<SinkRecord> records) throws Exception {
    Map<String, List<SinkRecord>> partitions = new LinkedHashMap<>();
    for (SinkRecord record : progress.begin(records)) {
      partitions
          .computeIfAbsent(record.topic() + "-" + record.partition(), name -> new ArrayList<>())
          .add(record);
    }
    if (partitions.size() == 1) {
      sendInOrder(partitions.values().iterator().next());
    } else {
      sendAtOnce(partitions.values());
    }
    progress.done();
  }

  private void sendAtOnce(Collection<List<SinkRecord>> partitions) throws Exception {
    List<Callable<Boolean>> sendings = new ArrayList<>();
    for (List<SinkRecord> partition : partitions) {
      sendings.add(
          () -> {
            sendInOrder(partition);
            return true;
          });
    }
    Exception failure = null;
    for (Future<Boolean> sending : Objects.requireNonNull(threads).invokeAll(sendings)) {
      try {
        sending.get();
      } catch (ExecutionException e) {
        failure = worse(failure, e.getCause() instanceof Exception cause ? cause : e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static Exception worse(@Nullable Exception one, Exception other) {
    if (one == null) {
      return other;
    }
    one.addSuppressed(other);
    return one;
  }

  private void sendInOrder(List<SinkRecord> records) throws InterruptedException, IOException {
    int most = config().batchSize().orElse(1);
    for (int from = 0; from < records.size(); from += most) {
      send(records.subList(from, Math.min(records.size(), from + most)));
    }
  }

  private void send(List<SinkRecord> records) throws InterruptedException, IOException {
    try {
      Objects.requireNonNull(sender).send(body(records), id(records));
      progress.delivered(records.getLast());
    } catch (ConnectorException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      if (records.size() == 1) {
        Objects.requireNonNull(context).reject(records.getFirst(), e);
        progress.delivered(records.getFirst());
      } else {
        int half = records.size() / 2;
        send(records.subList(0, half));
        send(records.subList(half, records.size()));
      }
    }
  }

  private byte[] body(List<SinkRecord> records) throws IOException {
    if (config().batchSize().isEmpty()) {
      byte[] value = records.getFirst().valueBytes();
      return value == null ? new byte[0] : value;
    }
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    array.write('[');
    for (SinkRecord record : records) {
      if (array.size() > 1) {
        array.write(',');
      }
      Lines.writeValue(array, record, false);
    }
    array.write(']');
    return array.toByteArray();
  }

  private static String id(List<SinkRecord> records) {
    String first = records.getFirst().toString();
    return records.size() == 1 ? first : first + ".." + records.getLast().offset();
  }

  @Override
  public void close() {
    if (threads != null) {
      List<Runnable> waiting = threads.shutdownNow();
      if (!waiting.isEmpty()) {
        throw new IllegalStateException("closed during a put");
      }
    }
    if (sender != null) {
      sender.close();
    }
  }

  private HttpSinkConfig config() {
    return Objects.requireNonNull(config, "start comes first");
  }
}
