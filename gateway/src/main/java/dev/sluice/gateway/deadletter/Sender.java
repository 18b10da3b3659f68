package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.OwnTopics;
import dev.sluice.gateway.log.Partitioner;
import dev.sluice.gateway.log.Readers;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Retention;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Appends what is sent again, a partition's in the order given. Topics of redeliveries are made
 * when first needed; their records go once the connector has read them. Belongs to one thread.
 */
final class Sender {

  /** Batches stay below the size that logs take by default; one larger record goes alone. */
  private static final int MAX_BATCH_BYTES = 512 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A letter and what is to be sent for it. */
  record Item(LetterId id, Route.Send route) {}

  /** A letter that the log takes in no way. */
  record Turned(LetterId id, Route.Refused refusal) {}

  /**
   * What came of it.
   *
   * @param sent durable
   * @param refused refused for what they are
   * @param failure why the others are not sent, or null if there are none
   */
  record Outcome(List<Item> sent, List<Turned> refused, @Nullable LogException failure) {}

  private final Topics topics;
  private final Records records;
  private int turn;

  Sender(Topics topics, Records records) {
    this.topics = topics;
    this.records = records;
  }

  /** Sends, and waits until it is known of each whether it is durable. */
  Outcome send(List<Item> items) throws InterruptedException {
    Work work = new Work();
    Map<TopicPartition, Batch> open = new LinkedHashMap<>();
    List<Batch> batches = new ArrayList<>();
    for (Item item : items) {
      TopicPartition target = work.target(item);
      if (target != null) {
        Batch batch = open.get(target);
        int size = Letter.sizeBytes(item.route().content());
        if (batch == null || batch.bytes + size > MAX_BATCH_BYTES) {
          batch = new Batch(target);
          open.put(target, batch);
          batches.add(batch);
        }
        batch.items.add(item);
        batch.bytes += size;
      }
    }
    for (Batch batch : batches) {
      batch.append();
    }
    for (Batch batch : batches) {
      work.await(batch);
    }
    return new Outcome(work.sent, work.refused, work.failure);
  }

  /** Collects what comes of the items. */
  private final class Work {

    private final List<Item> sent = new ArrayList<>();
    private final List<Turned> refused = new ArrayList<>();
    private @Nullable LogException failure;

    /** Where the item goes; null if it can't. */
    @Nullable TopicPartition target(Item item) {
      if (failure != null) {
        return null;
      }
      try {
        int count = partitions(item.route());
        byte[] key = item.route().content().key();
        return new TopicPartition(
            item.route().topic(),
            key == null ? Math.floorMod(turn++, count) : Partitioner.partition(key, count));
      } catch (LogException e) {
        settle(List.of(item), e);
        return null;
      }
    }

    void await(Batch batch) throws InterruptedException {
      LogException error = batch.result();
      if (error == null) {
        sent.addAll(batch.items);
      } else if (isRefusal(error) && batch.items.size() > 1) {
        for (Item item : batch.items) {
          Batch single = new Batch(batch.target);
          single.items.add(item);
          if (failure == null) {
            single.append();
            await(single);
          }
        }
      } else {
        settle(batch.items, error);
      }
    }

    private void settle(List<Item> items, LogException error) {
      if (isRefusal(error)) {
        items.forEach(item -> refused.add(new Turned(item.id(), refusal(error))));
      } else if (failure == null) {
        failure = error;
      }
    }
  }

  /** Whether the log would refuse the same record again, while it takes others. */
  private static boolean isRefusal(LogException error) {
    return switch (error.code()) {
      case TOO_LARGE, INVALID_RECORD, INVALID_TOPIC, UNKNOWN_TOPIC -> true;
      case TOPIC_EXISTS,
          OFFSET_OUT_OF_RANGE,
          DISK_FULL,
          PREDECESSOR_FAILED,
          PARTITION_OFFLINE,
          PLACE_DAMAGED,
          GROUP_IN_USE,
          TRANSACTION_LOST,
          CLOSED,
          INTERNAL ->
          false;
    };
  }

  private static Route.Refused refusal(LogException error) {
    String message = error.getMessage();
    return new Route.Refused(
        "log-" + error.code().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        message == null ? "The log refuses it." : message);
  }

  private int partitions(Route.Send route) {
    int count = topics.partitionCount(route.topic());
    if (count > 0) {
      return count;
    }
    if (!route.mayCreate()) {
      throw new LogException(
          LogException.Code.UNKNOWN_TOPIC, "There is no topic '" + route.topic() + "'.");
    }
    try {
      return topics.create(route.topic(), 1, settings(route)).partitions().size();
    } catch (LogException e) {
      if (e.code() != LogException.Code.TOPIC_EXISTS) {
        throw e;
      }
      return Math.max(1, topics.partitionCount(route.topic()));
    }
  }

  private static TopicSettings settings(Route.Send route) {
    return OwnTopics.isRedelivery(route.topic())
        ? new TopicSettings(
            new Retention(null, null, new Readers(List.of(Groups.ofConnector(route.to())))))
        : TopicSettings.DEFAULT;
  }

  /** Records for one partition that are appended together. */
  private final class Batch {

    private final TopicPartition target;
    private final List<Item> items = new ArrayList<>();
    private int bytes;
    private CompletableFuture<Records.Appended> appended = new CompletableFuture<>();

    Batch(TopicPartition target) {
      this.target = target;
    }

    void append() {
      List<NewRecord> contents = items.stream().map(item -> item.route().content()).toList();
      try {
        appended = records.append(target, contents);
      } catch (LogException e) {
        appended = CompletableFuture.failedFuture(e);
      }
    }

    /** Why it is not durable, or null if it is. */
    @Nullable LogException result() throws InterruptedException {
      try {
        appended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return null;
      } catch (TimeoutException late) {
        return new LogException(
            LogException.Code.PARTITION_OFFLINE,
            "%s did not confirm within %d s; what was sent may still be stored."
                .formatted(target, PATIENCE.toSeconds()),
            late);
      } catch (ExecutionException e) {
        return e.getCause() instanceof LogException log
            ? log
            : new LogException(LogException.Code.INTERNAL, "An append failed.", e.getCause());
      }
    }
  }
}
