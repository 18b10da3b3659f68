package dev.sluice.broker.transaction;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings transactions whose end is decided to it: writes the markers to all their partitions, and
 * says so when they are durable. What can't be written now is tried again by {@link #retry}, for
 * ever: a transaction whose end is decided stays decided. Thread-safe.
 *
 * <p>Each runs on a virtual thread, a limited number of them at once. There is at most one per
 * transactional id.
 */
final class Completions {

  private static final Logger LOG = LoggerFactory.getLogger(Completions.class);
  private static final int AT_ONCE = 64;
  private static final long TIMEOUT_SECONDS = 30;

  private final MarkerWriter markers;
  private final ExecutorService threads;
  private final Function<CoordinatedId, CompletableFuture<Answer>> whenWritten;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Set<Completion> failed = ConcurrentHashMap.newKeySet();

  /** A transaction on its way to its end; used by one thread at a time. */
  private static final class Completion {

    final CoordinatedId id;
    final Transaction prepared;

    /** The partitions that have not been told yet. */
    final Set<TopicPartition> left;

    /** Whether people have been told that this takes longer. */
    boolean isReported;

    Completion(CoordinatedId id, Transaction prepared) {
      this.id = id;
      this.prepared = prepared;
      this.left = new HashSet<>(prepared.partitions());
    }
  }

  /**
   * No transactions yet.
   *
   * @param threads virtual ones
   * @param whenWritten stores that a transaction is complete
   */
  Completions(
      MarkerWriter markers,
      ExecutorService threads,
      Function<CoordinatedId, CompletableFuture<Answer>> whenWritten) {
    this.markers = markers;
    this.threads = threads;
    this.whenWritten = whenWritten;
  }

  /** Takes up a transaction that is to end. */
  void begin(CoordinatedId id, Transaction prepared) {
    start(new Completion(id, prepared));
  }

  /** Tries again what could not be done. */
  void retry() {
    for (Completion completion : failed) {
      if (failed.remove(completion)) {
        start(completion);
      }
    }
  }

  private void start(Completion completion) {
    try {
      threads.execute(() -> run(completion));
    } catch (RejectedExecutionException closing) {
      LOG.debug("{} is completed after the next start", completion.id.name());
    }
  }

  private void run(Completion completion) {
    try {
      permits.acquire();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return;
    }
    boolean isComplete = false;
    try {
      isComplete = complete(completion);
    } catch (RuntimeException unforeseen) {
      LOG.error("The transaction of {} could not be completed", completion.id.name(), unforeseen);
    } finally {
      permits.release();
      if (!isComplete) {
        failed.add(completion);
      }
    }
  }

  private boolean complete(Completion completion) {
    List<String> problems = writeMarkers(completion);
    if (problems.isEmpty()) {
      return whenWritten.apply(completion.id).join().error() == Errors.NONE;
    }
    if (!completion.isReported) {
      completion.isReported = true;
      LOG.warn(
          "The end of a transaction of {} could not be written everywhere and is tried again until"
              + " it can: {}",
          completion.id.name(),
          problems);
    }
    return false;
  }

  private List<String> writeMarkers(Completion completion) {
    try {
      Void unused =
          completion.id.passes().allClosed().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException late) {
      return List.of("an append that was admitted is not queued yet");
    }
    Map<TopicPartition, CompletableFuture<?>> written = new HashMap<>();
    Transaction prepared = completion.prepared;
    for (TopicPartition partition : completion.left) {
      CompletableFuture<?> marker =
          markers.write(
              partition, prepared.producer(), MarkerWriter.COORDINATOR_EPOCH, prepared.result());
      written.put(partition, marker.copy().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }
    List<String> problems = new ArrayList<>();
    written.forEach(
        (partition, marker) -> {
          String problem = problem(completion, partition, marker);
          if (problem.isEmpty()) {
            completion.left.remove(partition);
          } else {
            problems.add(partition + ": " + problem);
          }
        });
    return problems;
  }

  /** Why a partition has to be told once more; empty if not. */
  private static String problem(
      Completion completion, TopicPartition partition, CompletableFuture<?> marker) {
    try {
      Object unused = marker.join();
      return "";
    } catch (CompletionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      if (cause instanceof TopicException) {
        LOG.info(
            "{} has been deleted, so a transaction of {} needs no end there",
            partition,
            completion.id.name());
        return "";
      }
      if (isFenced(cause)) {
        // A later epoch has written there. The log takes that only from a producer without an open
        // transaction, or from one that the coordinator knows; so there is none to end there.
        LOG.warn(
            "{} has seen a later epoch of the producer of {}: {}",
            partition,
            completion.id.name(),
            cause.getMessage());
        return "";
      }
      return cause.toString();
    }
  }

  private static boolean isFenced(Throwable cause) {
    return cause instanceof InvalidProducerEpochException
        || cause instanceof ProducerFencedException
        || (cause instanceof StorageException storage
            && storage.code() == StorageException.Code.PRODUCER_FENCED);
  }
}
