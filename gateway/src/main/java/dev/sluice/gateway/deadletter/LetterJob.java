package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.deadletter.JobView.Refusal;
import dev.sluice.gateway.deadletter.JobView.State;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with letters, some at a time, the oldest of each partition first. Runs on one thread;
 * {@link #cancel} and {@link #progress} are for others.
 *
 * <p>Invariant mark-after-send: a letter is marked only when what was sent for it is durable, and
 * shown as done only when the mark is. A crash between may send it once more, and never loses it.
 */
final class LetterJob implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(LetterJob.class);
  private static final int READ_RECORDS = 200;
  private static final int READ_BYTES = 1 << 20;

  private final String topic;
  private final Selection selection;
  private final Bounds bounds;
  private final Work work;
  private final LetterReader reader;
  private final Marks marks;
  private final Clock clock;
  private final Instant started;
  private final JobProgress progress;
  private volatile boolean cancelled;

  /**
   * A job.
   *
   * @param bounds what there is now; nothing beyond is dealt with
   */
  LetterJob(
      String id,
      String topic,
      Mark.Act act,
      Selection selection,
      Bounds bounds,
      Work work,
      LetterReader reader,
      Marks marks,
      Clock clock) {
    this.topic = topic;
    this.selection = selection;
    this.bounds = bounds;
    this.work = work;
    this.reader = reader;
    this.marks = marks;
    this.clock = clock;
    this.started = clock.instant(); // After the bounds: no letter within them is later.
    long total =
        switch (selection) {
          case Selection.Named named -> named.letters().size();
          case Selection.Matching all -> bounds.size();
        };
    this.progress =
        new JobProgress(
            new JobView(
                id, topic, act, State.RUNNING, started, null, total, 0, 0, 0, List.of(), null, 0));
  }

  JobProgress progress() {
    return progress;
  }

  /** Asks it to end after what it is at. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public void run() {
    try {
      marks.sweep();
      switch (selection) {
        case Selection.Named named -> named(named);
        case Selection.Matching matching -> matching(matching.filter());
      }
      end(cancelled ? State.CANCELLED : State.DONE, null);
    } catch (LogException e) {
      end(State.FAILED, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(State.CANCELLED, "The gateway was stopping.");
    } catch (Throwable defect) { // A job that does not end would keep all others from its topic.
      LOG.error("A job with dead letters of {} failed", topic, defect);
      end(State.FAILED, "Unexpected " + defect.getClass().getSimpleName() + ".");
    }
  }

  private void end(State state, @Nullable String error) {
    progress.end(state, error, clock.instant());
  }

  private void named(Selection.Named named) throws InterruptedException {
    for (LetterId id : named.letters()) {
      if (cancelled) {
        return;
      }
      MarkedLetter found = within(id) ? reader.find(topic, id).orElse(null) : null;
      if (found == null) {
        refuse(id, "letter-unknown", "There is no letter " + id + " (any more).");
      } else if (found.mark() != null && !named.again()) {
        refuse(
            id,
            "letter-dealt-with",
            "The letter %s was %s at %s."
                .formatted(
                    id,
                    found.mark().act() == Mark.Act.SENT ? "sent again" : "discarded",
                    found.mark().at()));
      } else {
        carryOut(List.of(found.letter()), 1);
      }
    }
  }

  private boolean within(LetterId id) {
    Long end = bounds.ends().get(id.partition());
    return end != null && id.offset() < end;
  }

  private void refuse(LetterId id, String code, String reason) {
    progress.add(1, 0, List.of(new Refusal(id, code, reason)));
  }

  private void matching(Filter filter) throws InterruptedException {
    for (Map.Entry<Integer, Long> end : bounds.ends().entrySet()) {
      TopicPartition partition = new TopicPartition(topic, end.getKey());
      long at = bounds.starts().getOrDefault(end.getKey(), 0L);
      while (at < end.getValue() && !cancelled) {
        LetterReader.Step step =
            reader.read(partition, at, end.getValue(), READ_RECORDS, READ_BYTES);
        if (step.next() <= at) {
          break; // What follows is not committed yet.
        }
        carryOut(
            step.letters().stream()
                .filter(found -> filter.takes(found.letter(), found.mark()))
                .map(MarkedLetter::letter)
                .toList(),
            step.next() - at);
        at = step.next();
      }
    }
  }

  /** Deals with the letters, marks what is done, and tells; in this order. */
  private void carryOut(List<Letter> letters, long examined) throws InterruptedException {
    Work.Outcome outcome = work.carryOut(letters);
    Map<String, List<LetterId>> byReceiver = new TreeMap<>();
    for (Work.Done done : outcome.done()) {
      byReceiver.computeIfAbsent(done.to(), to -> new ArrayList<>()).add(done.letter());
    }
    Mark.Act act = progress.view().act();
    for (Map.Entry<String, List<LetterId>> sent : byReceiver.entrySet()) {
      marks.put(topic, sent.getValue(), new Mark(act, started, sent.getKey()));
    }
    progress.add(examined, outcome.done().size(), outcome.refused());
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
  }
}
