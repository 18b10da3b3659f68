package dev.sluice.gateway.connect.trial;

import dev.sluice.connector.ConnectionReport;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ConnectorType;
import dev.sluice.connector.PreviewSupport;
import dev.sluice.connector.SourceType;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.connect.trial.PreviewResult.End;
import dev.sluice.gateway.connect.work.Errors;
import dev.sluice.gateway.connect.work.SourcePreview;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection tests and previews. Each runs on a thread of its own, which is interrupted when the
 * time is up and keeps its place until it has really ended: so what hangs can't pile up.
 * Thread-safe.
 */
public final class Trials {

  /** The most records of a preview. */
  public static final int MAX_RECORDS = 100;

  /** How many may be under way; each holds connections of somebody else's system. */
  static final int AT_ONCE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** How long the end of what was interrupted is waited for, so that it has let go. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ConnectorTypes types;
  private final Topics topics;
  private final Clock clock;
  private final Duration limit;
  private final Semaphore places = new Semaphore(AT_ONCE);

  public Trials(ConnectorTypes types, Topics topics, Clock clock) {
    this(types, topics, clock, LIMIT);
  }

  Trials(ConnectorTypes types, Topics topics, Clock clock, Duration limit) {
    this.types = types;
    this.topics = topics;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Tries whether what a connector names can be reached and used.
   *
   * @throws TrialsBusyException if too many are under way
   */
  public TestResult test(ConnectorSpec spec) throws InterruptedException {
    if (spec.kind() == ConnectorSpec.Kind.RULE) {
      return new TestResult.Passed(
          List.of("A rule reads and writes topics; there is nothing to connect to"), Duration.ZERO);
    }
    ConnectorType type = types.find(spec.kind(), spec.type()).orElseThrow(() -> unknown(spec));
    AtomicReference<@Nullable ConnectionReport> report = new AtomicReference<>();
    Outcome outcome =
        carryOut(
            spec.name(),
            () -> report.set(type.test(spec.name(), spec.options().asOptions(), limit)));
    ConnectionReport found = report.get();
    ConnectorException error = outcome.timeUp() ? timeUp() : outcome.failure();
    return error == null && found != null
        ? new TestResult.Passed(found.facts(), outcome.took())
        : new TestResult.Failed(error == null ? timeUp() : error, outcome.took());
  }

  /**
   * Shows the first records that a source would produce.
   *
   * @param records so many, from 1 to {@link #MAX_RECORDS}
   * @throws ConnectorException of category CONFIGURATION if this can't be previewed
   * @throws TrialsBusyException if too many are under way
   */
  public PreviewResult preview(ConnectorSpec spec, int records) throws InterruptedException {
    SourceType type = previewable(spec);
    SourcePreview preview = new SourcePreview(type, spec, topics, clock, System::nanoTime, records);
    Outcome outcome = carryOut(spec.name(), preview::run);
    boolean full = preview.full();
    End end =
        full
            ? End.ENOUGH
            : outcome.timeUp() ? End.TIME_UP : outcome.failure() != null ? End.FAILED : End.QUIET;
    return new PreviewResult(
        preview.seen(),
        end,
        type.preview().words(),
        end == End.FAILED ? outcome.failure() : null,
        outcome.took());
  }

  private SourceType previewable(ConnectorSpec spec) {
    if (spec.kind() != ConnectorSpec.Kind.SOURCE) {
      throw unsupported("Only what a source produces can be previewed.");
    }
    SourceType type = types.source(spec.type()).orElseThrow(() -> unknown(spec));
    if (type.preview() instanceof PreviewSupport.Impossible impossible) {
      throw unsupported(impossible.words());
    }
    return type;
  }

  private static ConnectorException unsupported(String reason) {
    return ConnectorException.configuration(
        "preview-unsupported",
        "There is no preview of this connector: " + reason,
        "Let it run into a topic that you delete afterwards.");
  }

  private static ConnectorException unknown(ConnectorSpec spec) {
    return ConnectorException.configuration(
        "type-unknown",
        "There is no connector type '" + spec.type() + "'.",
        "GET /connector-plugins lists the types.");
  }

  private ConnectorException timeUp() {
    return ConnectorException.external(
        "time-up",
        "There was no answer within " + limit.toSeconds() + " s.",
        "Check that what the options name can be reached from the gateway's machine.",
        null);
  }

  /** Something that connector code does. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /**
   * How it went.
   *
   * @param failure what it failed with, be it for being interrupted
   */
  private record Outcome(boolean timeUp, @Nullable ConnectorException failure, Duration took) {}

  private Outcome carryOut(String connector, Work work) throws InterruptedException {
    if (!places.tryAcquire()) {
      throw new TrialsBusyException(AT_ONCE);
    }
    AtomicReference<@Nullable ConnectorException> failure = new AtomicReference<>();
    long startNanos = System.nanoTime();
    Thread thread =
        Thread.ofVirtual().name("trial-" + connector).unstarted(() -> run(work, failure));
    thread.start();
    boolean timeUp = false;
    try {
      timeUp = !thread.join(limit);
    } finally {
      thread.interrupt();
    }
    if (!thread.join(GRACE)) {
      LOG.warn("A trial of '{}' does not end; it keeps its place until it does.", connector);
    }
    return new Outcome(timeUp, failure.get(), Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private void run(Work work, AtomicReference<@Nullable ConnectorException> failure) {
    try {
      work.run();
    } catch (Throwable e) { // Connector code may throw anything, and must harm nobody else.
      failure.set(Errors.classify(e));
    } finally {
      places.release();
    }
  }
}
