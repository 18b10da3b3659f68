package dev.sluice.gateway.rest.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.rest.group.GroupSummary;
import dev.sluice.gateway.rest.status.Overview.Flows;
import dev.sluice.gateway.rest.status.Overview.TopicSummary;
import dev.sluice.gateway.rest.status.Versions.Difference;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
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
   * An overview.
   *
   * @param number counts up
   */
  record Numbered(long number, Overview overview, long madeNanos) {}

  private final OverviewMaker maker;
  private final ObjectMapper json;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition made = lock.newCondition();
  private final Versions<TopicSummary> topics = new Versions<>(TopicSummary::name);
  private final Versions<ConnectorSummary> connectors = new Versions<>(ConnectorSummary::name);
  private final Versions<Flows> flows = new Versions<>(Flows::connector);
  private final Versions<GroupSummary> groups = new Versions<>(GroupSummary::name);
  private @Nullable Numbered latest;
  private long attentionNumber;
  private @Nullable Written written;

  /** What most watchers are sent, who have seen the one before. */
  private record Written(long since, long number, String json) {}

  @Inject
  OverviewFeed(OverviewMaker maker, ObjectMapper json) {
    this(maker, json, System::nanoTime);
  }

  OverviewFeed(OverviewMaker maker, ObjectMapper json, LongSupplier nanoClock) {
    this.maker = maker;
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
    Overview overview = maker.make(nanos);
    Numbered last = latest;
    Numbered next = new Numbered(last == null ? 1 : last.number + 1, overview, nanos);
    topics.now(next.number, overview.topics());
    connectors.now(next.number, overview.connectors());
    flows.now(next.number, overview.flows());
    groups.now(next.number, overview.groups());
    if (last == null
        || !last.overview.attention().equals(overview.attention())
        || !last.overview.omittedAttention().equals(overview.omittedAttention())) {
      attentionNumber = next.number;
    }
    latest = next;
    made.signalAll();
    return next;
  }

  /** A whole overview as JSON. */
  String whole(Numbered overview) {
    return write(overview.overview);
  }

  /**
   * What is different in the newest overview from an earlier one, as JSON.
   *
   * @param since the number of the earlier one
   * @param now the newest one, as {@link #after} gave it; nothing if there is a newer one by now
   */
  Optional<String> changes(long since, Numbered now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Written known = written;
      if (known != null && known.since == since && known.number == now.number) {
        return Optional.of(known.json);
      }
      if (latest != now || since < now.number - Versions.REMEMBERED) {
        return Optional.empty();
      }
      String change = write(difference(since, now.overview));
      written = new Written(since, now.number, change);
      return Optional.of(change);
    } finally {
      lock.unlock();
    }
  }

  private OverviewChange difference(long since, Overview now) {
    Difference<TopicSummary> topic = topics.since(since);
    Difference<ConnectorSummary> connector = connectors.since(since);
    Difference<Flows> flow = flows.since(since);
    Difference<GroupSummary> group = groups.since(since);
    boolean isOtherAttention = attentionNumber > since;
    return new OverviewChange(
        now.time(),
        now.sampledAt(),
        isOtherAttention ? now.attention() : null,
        isOtherAttention ? now.omittedAttention() : null,
        topic.changed(),
        topic.gone(),
        connector.changed(),
        connector.gone(),
        flow.changed(),
        flow.gone(),
        group.changed(),
        group.gone());
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("An overview can't be written as JSON", impossible);
    }
  }
}
