package dev.sluice.gateway.connect.work;

import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceTask;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way from poll to acknowledgement, with several batches on it at once. The poll thread begins
 * the appends of each batch; the commit thread, started here, takes the batches in order and holds
 * two invariants:
 *
 * <ul>
 *   <li><b>position-after-data</b>: a position is stored only after all records and dead letters of
 *       its batch, and of all batches before it, are durable;
 *   <li><b>ack-after-durable</b>: the task hears of a batch only after its position is durable.
 * </ul>
 *
 * <p>When an append fails, batches behind it may be on their way already; those for the same
 * partition fail then, too ({@link Records.OrderedAppends}). The commit thread holds the poll
 * thread back, waits until all that was begun has settled, and appends again, in order, what failed
 * and everything behind it for the same partition. So a partition has all records in order.
 *
 * <p>For exactly once the poll thread is always held back: the commit thread stores everything that
 * waits, with its positions, in one transaction after the other ({@link SourceTransactions}).
 */
final class SourceFlow implements AutoCloseable {

  /** How many batches may be on their way; bounds memory and what is repeated after a failure. */
  private static final int MAX_IN_FLIGHT = 8;

  private final Job job;
  private final SourceTask task;
  private final @Nullable SourceTransactions transactions;
  private final Appender appender;
  private final Records.OrderedAppends appends;
  private final Thread commitThread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Deque<InFlight> queue = new ArrayDeque<>();
  private boolean heldBack; // Whether batches are begun by the commit thread alone.
  private boolean closed;
  private @Nullable Throwable failure;

  private SourceFlow(Job job, SourceTask task, @Nullable SourceTransactions transactions) {
    this.job = job;
    this.task = task;
    this.transactions = transactions;
    this.heldBack = transactions != null;
    this.appender = new Appender(job);
    this.appends = job.log().records().ordered();
    this.commitThread =
        Thread.ofVirtual()
            .name("commit-" + job.connector() + "-" + job.taskNumber())
            .unstarted(this::commitLoop);
  }

  /**
   * Starts the commit thread.
   *
   * @param transactions what everything is stored by, if exactly once; else null
   */
  static SourceFlow start(Job job, SourceTask task, @Nullable SourceTransactions transactions) {
    SourceFlow flow = new SourceFlow(job, task, transactions);
    flow.commitThread.start();
    return flow;
  }

  /**
   * Sends a batch on its way; waits while too many are. Called by the poll thread.
   *
   * @throws StoppedException if the task is to stop; the batch is not taken
   * @throws Exception what the commit thread failed with
   */
  void submit(Prepared prepared) throws Exception {
    if (job.control().abandoned()) {
      throw new StoppedException(); // Another task may have taken over; this one adds nothing more.
    }
    InFlight inFlight = new InFlight(prepared);
    lock.lockInterruptibly();
    try {
      while (queue.size() >= MAX_IN_FLIGHT && failure == null) {
        changed.await();
      }
      rethrowFailure();
      inFlight.byPoller = !heldBack;
      queue.addLast(inFlight);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (inFlight.byPoller) {
      inFlight.begin(appends);
    }
  }

  /**
   * Whether nothing is on its way.
   *
   * @throws Exception what the commit thread failed with
   */
  boolean isEmpty() throws Exception {
    lock.lockInterruptibly();
    try {
      rethrowFailure();
      return queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything that was submitted is acknowledged, or cannot be because the task is to
   * stop or the commit thread has failed. No acknowledgement comes after this.
   */
  @Override
  public void close() throws InterruptedException {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      commitThread.join();
    } catch (InterruptedException e) {
      commitThread.interrupt();
      throw e;
    }
  }

  private void rethrowFailure() throws Exception {
    switch (failure) {
      case null -> {}
      case Exception exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException(failure);
    }
  }

  private void commitLoop() {
    try {
      for (InFlight head = awaitHead(); head != null; head = awaitHead()) {
        acknowledge(store(head));
      }
    } catch (Throwable e) { // Connector code may throw anything; the poll thread passes it on.
      fail(e);
    }
  }

  /** Makes the oldest batch, and those behind it that are ready, durable with their positions. */
  private List<InFlight> store(InFlight head) throws InterruptedException {
    SourceTransactions together = transactions;
    List<InFlight> durable = together == null ? awaitDurable(head) : snapshot(true);
    if (together == null) {
      storePositions(durable);
    } else {
      together.store(durable);
    }
    return durable;
  }

  private void fail(Throwable e) {
    lock.lock();
    try {
      failure = e;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The oldest batch; null when no more will come. */
  private @Nullable InFlight awaitHead() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !closed) {
        changed.await();
      }
      return queue.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  /** The oldest batch and those behind it that are durable, too, once the oldest is. */
  private List<InFlight> awaitDurable(InFlight head) throws InterruptedException {
    boolean begun = begunByPoller(head);
    if (!begun || !head.awaitSettled()) {
      return appendAgain();
    }
    List<InFlight> durable = new ArrayList<>();
    for (InFlight inFlight : snapshot(false)) {
      if (inFlight != head && !inFlight.isDurable()) {
        break;
      }
      durable.add(inFlight);
    }
    return durable;
  }

  private boolean begunByPoller(InFlight inFlight) {
    lock.lock();
    try {
      return inFlight.byPoller;
    } finally {
      lock.unlock();
    }
  }

  private List<InFlight> snapshot(boolean holdBack) {
    lock.lock();
    try {
      heldBack = holdBack;
      return List.copyOf(queue);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes everything that is in the queue durable, in order, while the poll thread is held back.
   */
  private List<InFlight> appendAgain() throws InterruptedException {
    List<InFlight> held = snapshot(true);
    for (InFlight inFlight : held) {
      if (begunByPoller(inFlight)) {
        boolean unused = inFlight.awaitSettled();
      }
    }
    appends.resume(); // None is under way, nor can be before the poll thread is let go.
    Set<TopicPartition> broken = new HashSet<>();
    int done = 0;
    while (true) {
      for (InFlight inFlight : held.subList(done, held.size())) {
        appendAgain(inFlight, broken);
      }
      done = held.size();
      held = snapshot(true);
      if (held.size() == done) {
        return release(done);
      }
    }
  }

  /** Lets the poll thread append again, unless it has queued more meanwhile. */
  private List<InFlight> release(int done) {
    lock.lock();
    try {
      List<InFlight> all = List.copyOf(queue);
      // What came in between is taken by the next round, which finds it not begun.
      heldBack = all.size() > done;
      return all.subList(0, done);
    } finally {
      lock.unlock();
    }
  }

  private void appendAgain(InFlight inFlight, Set<TopicPartition> broken)
      throws InterruptedException {
    boolean begun = begunByPoller(inFlight);
    List<Outgoing> outgoing = inFlight.prepared.outgoing();
    for (int i = 0; i < outgoing.size(); i++) {
      TopicPartition target = outgoing.get(i).topicPartition;
      if (!begun || !inFlight.succeeded(i) || broken.contains(target)) {
        broken.add(target);
        appender.append(target, outgoing.get(i).records);
      }
    }
  }

  /** Invariant position-after-data: called with batches that are durable, oldest first. */
  private void storePositions(List<InFlight> durable) throws InterruptedException {
    if (job.control().abandoned()) {
      throw new StoppedException();
    }
    List<SourcePosition> positions = InFlight.newestPositions(durable);
    if (!positions.isEmpty()) {
      boolean unused =
          job.stubborn()
              .run(
                  () -> {
                    job.positions().store(job.connector(), positions);
                    return true;
                  });
    }
  }

  /** Invariant ack-after-durable: called with batches whose positions are durable. */
  private void acknowledge(List<InFlight> durable) throws Exception {
    for (InFlight inFlight : durable) {
      if (job.control().abandoned()) {
        throw new StoppedException();
      }
      count(inFlight.prepared);
      task.acknowledged(inFlight.prepared.batch());
    }
    job.monitor().works();
    remove(durable.size());
  }

  private void count(Prepared prepared) {
    for (Outgoing outgoing : prepared.outgoing()) {
      String topic = outgoing.topicPartition.topic();
      if (!topic.equals(job.spec().errors().deadLetterTopic())) {
        job.monitor().carried(topic, outgoing.records.size(), outgoing.bytes());
      }
    }
    if (prepared.rejected() > 0) {
      job.monitor().rejected(prepared.rejected());
    }
  }

  private void remove(int count) {
    lock.lock();
    try {
      Iterator<InFlight> oldest = queue.iterator();
      for (int i = 0; i < count; i++) {
        oldest.next();
        oldest.remove();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
