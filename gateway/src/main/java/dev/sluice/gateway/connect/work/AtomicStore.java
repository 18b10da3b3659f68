package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.gateway.log.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Stores output of a task together with its positions, in one transaction after the other. What
 * fails is aborted and stored again, or the task fails and the next one goes on from what was
 * committed last. Belongs to one thread at a time.
 *
 * <p><b>Invariant position-with-data:</b> records, dead letters and the position behind them become
 * valid together or never, and only through the task that was started last.
 */
final class AtomicStore {

  /** Adds the positions to a transaction, and commits it. */
  @FunctionalInterface
  interface Positions {
    void commitWith(TransactionalProducer producer) throws InterruptedException;
  }

  /** Partitions and groups that a transaction touches besides its output, to be told beforehand. */
  record Touched(Set<TopicPartition> partitions, Set<String> groups) {}

  private interface Appending {
    void append(List<Outgoing> output) throws InterruptedException;
  }

  private final Job job;
  private final TransactionalProducer producer;
  private final Appender appender;
  private final Stubborn stubborn;

  private AtomicStore(Job job, TransactionalProducer producer) {
    this.job = job;
    this.producer = producer;
    this.appender = new Appender(job, producer::append);
    this.stubborn = job.stubborn();
  }

  /**
   * Fences former tasks of this number and ends what they left open: what they committed is all
   * that they ever will when this returns.
   */
  static AtomicStore open(Job job) throws InterruptedException {
    String transactionalId = Transactions.idOf(job.connector(), job.taskNumber());
    return new AtomicStore(
        job, job.stubborn().run(() -> job.log().transactions().open(transactionalId)));
  }

  /**
   * Stores output and positions; durable and valid when this returns.
   *
   * @throws LogException {@code TRANSACTION_LOST} if it is not known whether they are, among others
   */
  void store(List<Outgoing> output, Touched touched, Positions positions)
      throws InterruptedException {
    try {
      boolean unused =
          stubborn.run(() -> storeOnce(output, this::appendAllAtOnce, touched, positions));
    } catch (LogException e) {
      if (e.code() == LogException.Code.TRANSACTION_LOST || output.isEmpty()) {
        throw e;
      }
      // A record is refused, or a topic was deleted: the appender knows what to do then.
      boolean unused =
          stubborn.run(() -> storeOnce(output, this::appendOneByOne, touched, positions));
    }
  }

  private boolean storeOnce(
      List<Outgoing> output, Appending appending, Touched touched, Positions positions)
      throws InterruptedException {
    try {
      producer.begin(partitions(output, touched), touched.groups());
      appending.append(output);
      if (job.control().abandoned()) {
        throw new StoppedException();
      }
      positions.commitWith(producer);
      return true;
    } catch (LogException | StoppedException e) {
      abort(e);
      throw e;
    }
  }

  private static Set<TopicPartition> partitions(List<Outgoing> output, Touched touched) {
    Set<TopicPartition> partitions =
        output.stream().map(one -> one.topicPartition).collect(Collectors.toSet());
    partitions.addAll(touched.partitions());
    return partitions;
  }

  private void appendAllAtOnce(List<Outgoing> output) throws InterruptedException {
    List<CompletableFuture<Records.Appended>> appends = new ArrayList<>();
    for (Outgoing one : output) {
      appends.add(producer.append(one.topicPartition, one.records));
    }
    for (CompletableFuture<Records.Appended> append : appends) {
      Records.Appended unused = Stubborn.await(append);
    }
  }

  /** Splits what is refused and sets single records aside, all within the transaction. */
  private void appendOneByOne(List<Outgoing> output) throws InterruptedException {
    for (Outgoing one : output) {
      appender.append(one.topicPartition, one.records);
    }
  }

  /** Lets readers go on; should it fail, the next task's producer does it. */
  private void abort(RuntimeException cause) throws InterruptedException {
    try {
      producer.abort();
    } catch (LogException e) {
      cause.addSuppressed(e);
    }
  }
}
