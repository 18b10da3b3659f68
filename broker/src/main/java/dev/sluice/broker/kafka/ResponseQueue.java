package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.KafkaMetrics.CloseReason;
import dev.sluice.broker.kafka.PipelinedHandler.Answer;
import dev.sluice.broker.kafka.PipelinedHandler.Reply;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends answers in the order of their requests: those that wait for something from a virtual thread
 * of its own, which is there only while some wait, others from the thread that has them.
 */
final class ResponseQueue {

  /** What pending requests of one connection may hold of the common memory, the last one aside. */
  private static final long MAX_HELD_BYTES = 1 << 20;

  /** Writes an answer to the connection. */
  interface Writer {
    /** Writes, and closes the exchange whether that works or not. */
    void write(Exchange exchange, Answer answer) throws IOException, CloseException;

    /** Nothing can be written any more. */
    void failed(Throwable cause);

    /** An answer that nobody will get could not let go of what it holds. */
    void note(String message);
  }

  private record Pending(Exchange exchange, CompletableFuture<Answer> answer) {}

  private final Writer writer;
  private final int maxPending;
  private final String threadName;
  private final CompletableFuture<Void> ended;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Pending> pending = new ArrayDeque<>();
  private long heldBytes;
  private boolean isWriting;
  private boolean isClosed;

  /**
   * An empty queue.
   *
   * @param ended completes when the connection ends, and no answer is waited for any more
   */
  ResponseQueue(Writer writer, int maxPending, String threadName, CompletableFuture<Void> ended) {
    this.writer = writer;
    this.maxPending = maxPending;
    this.threadName = threadName;
    this.ended = ended;
  }

  /**
   * Sends an answer when it is there and all before it are sent; waits while too many are pending.
   * The exchange belongs to the queue from now on.
   */
  void add(Exchange exchange, CompletableFuture<Answer> answer) throws IOException, CloseException {
    boolean isNext;
    lock.lock();
    try {
      while ((pending.size() >= maxPending || heldBytes > MAX_HELD_BYTES) && !isClosed) {
        changed.awaitUninterruptibly();
      }
      isNext = !isClosed && !isWriting && answer.isDone();
      if (!isNext && !isClosed) {
        enqueue(new Pending(exchange, answer));
        return;
      }
    } finally {
      lock.unlock();
    }
    if (isNext) {
      writer.write(exchange, answer.join());
    } else {
      discard(new Pending(exchange, answer));
    }
  }

  private void enqueue(Pending last) {
    pending.add(last);
    heldBytes += last.exchange().charge().bytes();
    if (!isWriting) {
      isWriting = true;
      Thread unused = Thread.ofVirtual().name(threadName).start(this::run);
    }
  }

  /** Waits until nothing is pending, or the queue is closed. */
  void drain() {
    lock.lock();
    try {
      while (isWriting && !isClosed) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what is pending, and lets everyone go who waits here. */
  void close() {
    List<Pending> dropped;
    lock.lock();
    try {
      isClosed = true;
      dropped = new ArrayList<>(pending);
      pending.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    dropped.forEach(this::discard);
  }

  /** Waits until no answer is being written; only after the queue and its connection are closed. */
  void awaitEnd() {
    lock.lock();
    try {
      while (isWriting) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Pending next = next(); next != null; next = next()) {
        writer.write(next.exchange(), await(next));
      }
    } catch (IOException | CloseException | RuntimeException | Error e) {
      writer.failed(e);
      close();
      over();
    }
  }

  private Answer await(Pending next) throws CloseException {
    CompletableFuture<Answer> answer = next.answer();
    if (!answer.isDone()) {
      Object unused = CompletableFuture.anyOf(answer, ended).join();
    }
    if (!answer.isDone()) {
      discard(next);
      throw new CloseException(CloseReason.SHUTDOWN, "It ended before an answer was there");
    }
    return answer.join();
  }

  private @Nullable Pending next() {
    lock.lock();
    try {
      Pending next = pending.poll();
      if (next == null) {
        isWriting = false;
      } else {
        heldBytes -= next.exchange().charge().bytes();
      }
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void over() {
    lock.lock();
    try {
      isWriting = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** An answer that will not be sent lets go of what it holds, now or when it is there. */
  private void discard(Pending unsent) {
    unsent.exchange().close();
    CompletableFuture<Void> unused =
        unsent
            .answer()
            .thenAccept(
                answer -> {
                  if (answer instanceof Reply reply
                      && reply.response() instanceof LentResponse lent) {
                    close(lent);
                  }
                });
  }

  private void close(LentResponse lent) {
    try {
      lent.close();
    } catch (IOException | RuntimeException e) {
      writer.note("An answer that was not sent did not let go: " + e.getMessage());
    }
  }
}
