package dev.sluice.gateway.rest.status;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Overviews for everyone who watches, made at most once a second however many they are, and not at
 * all when nobody does: of those who wait, the first whose time has come makes the next one for
 * all. A slow watcher misses some, and holds none back. Thread-safe; the lock guards all state.
 */
@Singleton
final class OverviewFeed {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * An overview as sent.
   *
   * @param number counts up
   */
  record Numbered(long number, Overview overview, String json, long madeNanos) {}

  private final Topics topics;
  private final Connectors connectors;
  private final ObjectMapper json;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition made = lock.newCondition();
  private final Rates appended = new Rates();
  private final Rates carried = new Rates();
  private @Nullable Numbered latest;

  @Inject
  OverviewFeed(Topics topics, Connectors connectors, ObjectMapper json) {
    this(topics, connectors, json, System::nanoTime);
  }

  OverviewFeed(Topics topics, Connectors connectors, ObjectMapper json, LongSupplier nanoClock) {
    this.topics = topics;
    this.connectors = connectors;
    this.json = json;
    this.nanoClock = nanoClock;
  }

  /** The overview of now, or of less than a second ago. */
  Numbered current() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Numbered last = latest;
      return last == null || ageNanos(last) >= INTERVAL.toNanos() ? make() : last;
    } finally {
      lock.unlock();
    }
  }

  /** The next overview after this one, a second later; waits for it. */
  Numbered after(long number) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Numbered last = latest;
        if (last == null) {
          return make();
        }
        if (last.number > number) {
          return last;
        }
        long leftNanos = INTERVAL.toNanos() - ageNanos(last);
        if (leftNanos <= 0) {
          return make();
        }
        long unusedLeft = made.awaitNanos(leftNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private long ageNanos(Numbered overview) {
    return nanoClock.getAsLong() - overview.madeNanos;
  }

  private Numbered make() {
    long nanos = nanoClock.getAsLong();
    List<TopicDescription> all = topics.list();
    List<ConnectorView> views = connectors.list();
    appended.look(
        nanos, all.stream().collect(toMap(TopicDescription::name, OverviewFeed::appended)));
    carried.look(nanos, views.stream().collect(toMap(v -> v.spec().name(), OverviewFeed::carried)));
    Overview overview =
        new Overview(
            Instant.now(),
            all.stream().map(this::summary).toList(),
            views.stream()
                .map(v -> ConnectorSummary.of(v, carried.perSecond(v.spec().name())))
                .toList());
    Numbered next =
        new Numbered(latest == null ? 1 : latest.number + 1, overview, write(overview), nanos);
    latest = next;
    made.signalAll();
    return next;
  }

  private static long appended(TopicDescription topic) {
    return topic.partitions().stream().mapToLong(PartitionDescription::endOffset).sum();
  }

  private static long carried(ConnectorView connector) {
    return connector.tasks().stream().mapToLong(ConnectorView.TaskView::records).sum();
  }

  private String write(Overview overview) {
    try {
      return json.writeValueAsString(overview);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("An overview can't be written as JSON", impossible);
    }
  }

  private TopicSummary summary(TopicDescription topic) {
    List<PartitionDescription> partitions = topic.partitions();
    return new TopicSummary(
        topic.name(),
        topic.internal(),
        partitions.size(),
        partitions.stream().mapToLong(p -> p.endOffset() - p.startOffset()).sum(),
        appended.perSecond(topic.name()),
        partitions.stream().mapToLong(PartitionDescription::sizeBytes).sum(),
        partitions.stream()
            .filter(p -> p.offlineReason() != null)
            .map(p -> topic.name() + "-" + p.partition() + ": " + p.offlineReason())
            .toList());
  }
}
