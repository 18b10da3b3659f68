package dev.sluice.broker.kafka;

import dev.sluice.broker.kafka.PipelinedHandler.Answer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.requests.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends answers in the order of their requests: those that wait for something from a virtual thread
 * of its own, which is there only while some wait, others from the thread that has them.
 */
final class ResponseQueue {

  /** Writes an answer to the connection. */
  interface Writer {
    void write(RequestContext context, long startNanos, Answer answer)
        throws IOException, CloseException;

    /** Nothing can be written any more. */
    void failed(Exception cause);
  }

  private record Pending(
      RequestContext context, long startNanos, CompletableFuture<Answer> answer) {}

  private final Writer writer;
  private final int maxPending;
  private final String threadName;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Pending> pending = new ArrayDeque<>();
  private boolean isWriting;
  private boolean hasFailed;

  ResponseQueue(Writer writer, int maxPending, String threadName) {
    this.writer = writer;
    this.maxPending = maxPending;
    this.threadName = threadName;
  }

  /**
   * Sends an answer when it is there and all before it are sent; waits while too many are pending.
   */
  void add(RequestContext context, long startNanos, CompletableFuture<Answer> answer)
      throws IOException, CloseException, InterruptedException {
    boolean isNext;
    lock.lockInterruptibly();
    try {
      while (pending.size() >= maxPending && !hasFailed) {
        changed.await();
      }
      isNext = pending.isEmpty() && !isWriting && answer.isDone();
      if (!isNext && !hasFailed) {
        pending.add(new Pending(context, startNanos, answer));
        if (!isWriting) {
          isWriting = true;
          Thread unused = Thread.ofVirtual().name(threadName).start(this::run);
        }
      }
    } finally {
      lock.unlock();
    }
    if (isNext) {
      writer.write(context, startNanos, answer.join());
    }
  }

  /** Waits until nothing is pending. */
  void drain() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (isWriting && !hasFailed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Pending next = next(); next != null; next = next()) {
        writer.write(next.context, next.startNanos, next.answer.join());
      }
    } catch (IOException | CloseException | RuntimeException e) {
      fail(e);
    }
  }

  private @Nullable Pending next() {
    lock.lock();
    try {
      Pending next = pending.poll();
      isWriting = next != null;
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void fail(Exception cause) {
    lock.lock();
    try {
      hasFailed = true;
      pending.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writer.failed(cause);
  }
}
