package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.Unreadable;
import dev.sluice.gateway.rest.EventStream;
import dev.sluice.gateway.search.Progress;
import dev.sluice.gateway.search.Scan;
import dev.sluice.gateway.search.Search;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A search and the stream that tells of it. The search has a platform thread of its own: an
 * expression may compute for long without waiting for anything, and would keep the few threads that
 * carry all virtual ones. What is found is handed over one by one, so a slow client slows the
 * search and costs no memory.
 */
final class RunningSearch {

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  /** A search that stands still for so long is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration GLANCE = Duration.ofMillis(50);

  /** What goes from the search to the stream. */
  private sealed interface News {

    /** A match, or a place that can't be decoded. */
    record Found(Entry entry) implements News {}

    /** The search has ended. */
    record Ended(Scan.Reason reason) implements News {}

    /** The search has failed. */
    record Failed(Throwable failure) implements News {}
  }

  private final String topic;
  private final ObjectMapper json;
  private final Runnable release;
  private final SynchronousQueue<News> news = new SynchronousQueue<>();
  private final Scan scan;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private volatile Progress progress;
  private volatile boolean cancelled;

  RunningSearch(String topic, Records view, Search search, ObjectMapper json, Runnable release) {
    this(topic, view, search, json, release, System::nanoTime);
  }

  RunningSearch(
      String topic,
      Records view,
      Search search,
      ObjectMapper json,
      Runnable release,
      LongSupplier nanoClock) {
    this.topic = topic;
    this.json = json;
    this.release = release;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.scan = new Scan(view, search, nanoClock, new Messenger());
    this.progress = scan.progress();
  }

  /** To be called if it will not be sent. */
  void abandon() {
    release.run();
  }

  /** Searches, and sends what is found until it has ended or nobody listens; on that it stops. */
  void sendTo(EventStream stream) throws InterruptedException {
    Thread searching =
        Thread.ofPlatform().daemon().name("search in " + topic).unstarted(this::search);
    searching.start();
    try {
      relay(stream);
    } finally {
      cancelled = true;
    }
  }

  private void search() {
    try {
      Scan.Reason reason = scan.run();
      boolean unheard = !hand(new News.Ended(reason));
    } catch (RuntimeException | Error failure) {
      boolean unheard = !hand(new News.Failed(failure));
    } finally {
      release.run();
    }
  }

  private void relay(EventStream stream) throws InterruptedException {
    long sentNanos = startNanos;
    long movedNanos = startNanos;
    Progress shown = progress;
    while (stream.isOpen()) {
      long nowNanos = nanoClock.getAsLong();
      long leftNanos = sentNanos + PROGRESS_INTERVAL.toNanos() - nowNanos;
      if (leftNanos <= 0) {
        Progress now = progress;
        movedNanos = now.equals(shown) ? movedNanos : nowNanos;
        shown = now;
        requirePatience(nowNanos - movedNanos);
        stream.send("progress", null, toJson(SearchProgress.of(now, elapsed())));
        sentNanos = nanoClock.getAsLong();
        // Meanwhile the search may have waited for the client, and not the other way round.
        movedNanos += sentNanos - nowNanos;
      } else {
        News next = news.poll(leftNanos, TimeUnit.NANOSECONDS);
        if (next != null && isLast(stream, next)) {
          return;
        }
        if (next != null) {
          movedNanos = nanoClock.getAsLong(); // However long the client took for it.
        }
      }
    }
  }

  private boolean isLast(EventStream stream, News next) throws InterruptedException {
    return switch (next) {
      case News.Found found -> {
        send(stream, found.entry());
        yield false;
      }
      case News.Ended ended -> {
        stream.send("end", null, toJson(end(ended.reason())));
        yield true;
      }
      case News.Failed failed ->
          throw failed.failure() instanceof RuntimeException thrown
              ? thrown
              : new IllegalStateException("The search failed", failed.failure());
    };
  }

  private void send(EventStream stream, Entry entry) throws InterruptedException {
    switch (entry) {
      case StoredRecord match -> stream.send("match", null, toJson(RecordJson.of(match)));
      case Unreadable place -> stream.send("unreadable", null, toJson(UnreadableJson.of(place)));
    }
  }

  private SearchEnd end(Scan.Reason reason) {
    String word = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return SearchEnd.of(word, SearchProgress.of(scan.progress(), elapsed()), scan.rest());
  }

  private static void requirePatience(long stillNanos) {
    if (stillNanos > PATIENCE.toNanos()) {
      throw new LogException(
          LogException.Code.INTERNAL,
          "The search has not moved for "
              + PATIENCE.toSeconds()
              + " s, and is given up: its expression computes without end, or the disk does not"
              + " answer.");
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoClock.getAsLong() - startNanos);
  }

  private String toJson(Object answered) {
    try {
      return json.writeValueAsString(answered);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("What was found can't be written as JSON", impossible);
    }
  }

  /** Hands it over; false if nobody takes it any more. */
  private boolean hand(News message) {
    try {
      while (!cancelled) {
        if (news.offer(message, GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Runs on the searching thread. */
  private final class Messenger implements Scan.Watcher {

    @Override
    public boolean found(Entry entry) {
      return hand(new News.Found(entry));
    }

    @Override
    public boolean goesOn(Progress now) {
      progress = now;
      return !cancelled;
    }
  }
}
