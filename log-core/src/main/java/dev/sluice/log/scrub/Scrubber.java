package dev.sluice.log.scrub;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.scrub.ScrubPlanner.Candidate;
import dev.sluice.log.segment.LogSegment;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads sealed segments again and keeps what it finds. One thread at a time calls {@link #step};
 * any may ask for {@link #damage}.
 *
 * <p>When segments were last read is known in memory only: after a start all are due, in random
 * order, so that a process which never runs for long gets round to all of them too.
 */
public final class Scrubber {

  private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

  /** Bytes between two pauses: about as much as a disk reads in some milliseconds. */
  private static final long STEP_BYTES = 1 << 20;

  private static final Duration IDLE = Duration.ofMinutes(1);

  /** Keeps a file of garbage from filling the memory. */
  private static final int MAX_DAMAGE = 1000;

  /** A sealed segment of a partition. */
  public record Target(String partition, LogSegment segment) {}

  private final Supplier<? extends Collection<Target>> targets;
  private final ScrubSettings settings;
  private final Clock clock;
  private final Random random;
  private final LogMetrics metrics;
  private final Map<LogSegment, Long> readMillis = new HashMap<>();
  private @Nullable SegmentReading current;
  private volatile List<Damage> damage = List.of();

  /**
   * A scrubber.
   *
   * @param targets all sealed segments that there are at the time
   */
  public Scrubber(
      Supplier<? extends Collection<Target>> targets,
      ScrubSettings settings,
      Clock clock,
      Random random,
      LogMetrics metrics) {
    this.targets = targets;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  /** Places that could not be read back and whose segments are still there. */
  public List<Damage> damage() {
    return damage;
  }

  /**
   * Does a small piece of work.
   *
   * @return how long to wait before the next
   */
  public Duration step() {
    SegmentReading reading = current;
    if (reading == null) {
      reading = begin();
      current = reading;
    }
    if (reading == null) {
      return IDLE;
    }
    long bytes = reading.step(STEP_BYTES);
    metrics.scrubbed(bytes);
    report(reading);
    if (reading.isDone()) {
      end(reading);
      current = null;
    }
    return Duration.ofNanos((long) (bytes * 1e9 / settings.bytesPerSecond()));
  }

  private @Nullable SegmentReading begin() {
    List<Target> all = new ArrayList<>(targets.get());
    Set<LogSegment> segments = new HashSet<>();
    all.forEach(target -> segments.add(target.segment()));
    readMillis.keySet().retainAll(segments);
    forgetDeleted(segments);
    Collections.shuffle(all, random);
    List<Candidate<Target>> candidates = new ArrayList<>();
    for (Target target : all) {
      long last = readMillis.getOrDefault(target.segment(), ScrubPlanner.NEVER);
      candidates.add(new Candidate<>(target, last));
    }
    Optional<Target> next = ScrubPlanner.next(candidates, clock.millis(), settings.round());
    return next.map(target -> new SegmentReading(target.partition(), target.segment()))
        .orElse(null);
  }

  private void forgetDeleted(Set<LogSegment> segments) {
    Set<Object> files = new HashSet<>();
    segments.forEach(segment -> files.add(segment.path()));
    damage = damage.stream().filter(known -> files.contains(known.file())).toList();
  }

  /** Tells of each place once. */
  private void report(SegmentReading reading) {
    List<Damage> all = new ArrayList<>(damage);
    for (Damage found : reading.damage()) {
      if (!all.contains(found) && all.size() < MAX_DAMAGE) {
        all.add(found);
        LOG.error("{}: {}. {}.", found.partition(), found, found.cure());
        metrics.rotFound(found.partition());
      }
    }
    damage = List.copyOf(all);
  }

  /** What this time was not found any more has been repaired, or had been trouble that passed. */
  private void end(SegmentReading reading) {
    LogSegment segment = reading.segment();
    readMillis.put(segment, clock.millis());
    damage =
        damage.stream()
            .filter(
                known -> !known.file().equals(segment.path()) || reading.damage().contains(known))
            .toList();
  }
}
