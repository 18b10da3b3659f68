package dev.sluice.gateway.connect;

import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records.Appended;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.gateway.log.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transactions on a log in memory: what they append is kept aside and carried out when they are
 * committed. Appends fail where those of the records fail, and all ends when these are cut off.
 */
final class FaultyTransactions implements Transactions {

  /** What happens to the next commit. */
  enum Fate {
    COMMITTED,
    /** It is carried out, but who asked for it is not told. */
    COMMITTED_UNKNOWN,
    /** It is not carried out, and who asked for it is not told that either. */
    LOST
  }

  /** Something that may wait or fail. */
  @FunctionalInterface
  interface Hook {
    void run() throws InterruptedException;
  }

  private final InMemoryLog log;
  private final FaultyRecords records;
  private final Map<String, Integer> epochs;
  final AtomicInteger opened = new AtomicInteger();
  volatile Hook beforeCommit = () -> {};
  volatile Fate nextFate = Fate.COMMITTED;

  /**
   * Transactions of one process.
   *
   * @param epochs what all processes know of transactional ids; thread-safe
   */
  FaultyTransactions(
      InMemoryLog log, FaultyRecords records, ConcurrentHashMap<String, Integer> epochs) {
    this.log = log;
    this.records = records;
    this.epochs = epochs;
  }

  @Override
  public TransactionalProducer open(String transactionalId) {
    records.checkNotCut();
    Producer producer =
        new Producer(transactionalId, epochs.merge(transactionalId, 1, Integer::sum));
    opened.incrementAndGet();
    return producer;
  }

  @Override
  public void settle(String prefix) {
    records.checkNotCut();
    epochs.replaceAll((id, epoch) -> id.startsWith(prefix) ? epoch + 1 : epoch);
  }

  private final class Producer implements TransactionalProducer {

    private final String id;
    private final int epoch;
    private final List<Runnable> effects = new ArrayList<>();

    Producer(String id, int epoch) {
      this.id = id;
      this.epoch = epoch;
    }

    @Override
    public void begin(Set<TopicPartition> partitions, Set<String> groups) {
      check();
    }

    @Override
    public CompletableFuture<Appended> append(TopicPartition target, List<NewRecord> batch) {
      LogException refusal = records.refusal(target, batch);
      if (refusal != null) {
        return CompletableFuture.failedFuture(refusal);
      }
      List<NewRecord> copy = List.copyOf(batch);
      effects.add(() -> log.append(target, copy).join());
      return CompletableFuture.completedFuture(new Appended(target, 0, batch.size()));
    }

    @Override
    public void commitOffsets(String group, Map<TopicPartition, Long> offsets) {
      Map<TopicPartition, Long> copy = new HashMap<>(offsets);
      effects.add(() -> log.groups().commit(group, copy));
    }

    @Override
    public void commit() throws InterruptedException {
      beforeCommit.run();
      synchronized (epochs) {
        check();
        Fate fate = nextFate;
        nextFate = Fate.COMMITTED;
        if (fate != Fate.LOST) {
          effects.forEach(Runnable::run);
        }
        effects.clear();
        if (fate != Fate.COMMITTED) {
          throw lost();
        }
      }
    }

    @Override
    public void abort() {
      effects.clear();
    }

    private void check() {
      records.checkNotCut();
      if (epochs.getOrDefault(id, 0) != epoch) {
        throw lost();
      }
    }

    private LogException lost() {
      return new LogException(LogException.Code.TRANSACTION_LOST, id + " is lost as told.");
    }
  }
}
