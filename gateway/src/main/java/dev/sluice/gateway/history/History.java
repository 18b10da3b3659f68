package dev.sluice.gateway.history;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How lag, rates and disk space were. Sampling belongs to one thread ({@link HistoryRecorder}'s);
 * reading is thread-safe.
 */
@Singleton
public final class History {

  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  /** Older ticks are not rolled up any more after a restart, which would take long. */
  private static final long REDONE_MILLIS = 20 * 60_000;

  /** As many values an answer has at most. */
  static final int MAX_VALUES = 200_000;

  private final Sampler sampler;
  private final HistoryTopic ticks;
  private final List<Coarser> coarser;
  private final Map<Resolution, HistoryTopic> topics;
  private final RecentLag recent = new RecentLag();
  private final RecentRejects rejects = new RecentRejects();
  private final AtomicInteger seriesCount = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();
  private final Timer time;
  private final DistributionSummary bytes;
  private final Counter failures;

  /** Owned by the sampling thread. */
  private @Nullable Look before;

  /** A resolution that is rolled up from ticks. */
  private record Coarser(HistoryTopic topic, RollUp rollUp) {}

  @Inject
  History(Topics topics, Records records, Sampler sampler, MeterRegistry meters) {
    this.sampler = sampler;
    this.ticks = new HistoryTopic(topics, records, Resolution.TICK);
    this.coarser =
        Stream.of(Resolution.MINUTE, Resolution.TEN_MINUTES)
            .map(
                resolution ->
                    new Coarser(
                        new HistoryTopic(topics, records, resolution),
                        new RollUp(resolution.interval().toMillis())))
            .toList();
    this.topics =
        Map.of(
            Resolution.TICK, ticks,
            Resolution.MINUTE, coarser.getFirst().topic,
            Resolution.TEN_MINUTES, coarser.getLast().topic);
    time =
        Timer.builder("sluice.history.tick")
            .description("Time that looking around and writing it down took")
            .register(meters);
    bytes =
        DistributionSummary.builder("sluice.history.tick.bytes")
            .description("Bytes that a look takes in the log")
            .baseUnit("bytes")
            .register(meters);
    failures =
        Counter.builder("sluice.history.failures")
            .description("Looks that could not be taken or written down")
            .register(meters);
    var series =
        Gauge.builder("sluice.history.series", seriesCount, AtomicInteger::get)
            .description("Series that history is kept of")
            .register(meters);
    var dropped =
        Gauge.builder("sluice.history.series.dropped", leftOut, AtomicInteger::get)
            .description("Series that there was no room for at the last look")
            .register(meters);
    LOG.debug("Registered {} and {}", series.getId(), dropped.getId());
  }

  /**
   * Opens the topics, and makes up for roll-ups that an earlier process did not come to. May be
   * done again, as when a topic was deleted.
   *
   * @throws dev.sluice.gateway.log.LogException if that can't be done now
   */
  void open(long nowMillis) throws InterruptedException {
    ticks.ensure();
    recent.clear();
    rejects.clear();
    long since = nowMillis - REDONE_MILLIS;
    Map<Coarser, Long> rolledUp = new HashMap<>();
    for (Coarser each : coarser) {
      each.rollUp.reset();
      each.topic.ensure();
      rolledUp.put(each, each.topic.lastMillis(since, nowMillis));
    }
    ticks.read(
        Collections.min(rolledUp.values()),
        nowMillis,
        series -> true,
        missed -> makeUpFor(missed, rolledUp));
  }

  /** Takes a frame in that an earlier process wrote down. */
  private void makeUpFor(Frame missed, Map<Coarser, Long> rolledUp) throws InterruptedException {
    for (Coarser each : coarser) {
      if (missed.timeMillis() > rolledUp.getOrDefault(each, Long.MIN_VALUE)) {
        rollUp(each, missed);
      }
    }
    remember(missed);
  }

  /**
   * Looks around and writes it down.
   *
   * @return how many series there was no room for
   * @throws dev.sluice.gateway.log.LogException if it could not be stored; what has happened since
   *     the last look that was is part of the next one then
   */
  int tick(long nowMillis) throws InterruptedException {
    long started = System.nanoTime();
    boolean isDone = false;
    try {
      Look now = sampler.look(nowMillis).remembering(before);
      Frame frame = now.since(before);
      bytes.record(ticks.append(frame));
      before = now;
      remember(frame);
      for (Coarser each : coarser) {
        rollUp(each, frame);
      }
      seriesCount.set(frame.points().size());
      leftOut.set(now.leftOut());
      isDone = true;
      return now.leftOut();
    } finally {
      time.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
      if (!isDone) {
        failures.increment();
      }
    }
  }

  private void remember(Frame frame) {
    recent.add(frame);
    rejects.add(frame);
  }

  private static void rollUp(Coarser to, Frame frame) throws InterruptedException {
    Optional<Frame> finished = to.rollUp.add(frame);
    if (finished.isPresent()) {
      int unused = to.topic.append(finished.get());
    }
  }

  /**
   * Draws from what was written down.
   *
   * @throws dev.sluice.gateway.log.LogException if it can't be read
   */
  public Chart chart(ChartQuery query) {
    ChartBuilder builder = new ChartBuilder(query, MAX_VALUES);
    HistoryTopic from = topics.get(Resolution.forStep(query.step()));
    if (from != null) {
      from.read(
          query.from().toEpochMilli(), query.to().toEpochMilli(), query::matches, builder::add);
    }
    return builder.build();
  }

  /** Groups that fall behind, by name. */
  public Map<String, GrowingLag> growing() {
    return recent.growing();
  }

  /** What connectors have set aside in the last quarter of an hour, by name. */
  public Map<String, Rejected> rejected() {
    return rejects.lately();
  }

  /** When was last looked, in milliseconds since the epoch; 0 if not yet. */
  public long lastMillis() {
    return recent.lastMillis();
  }
}
