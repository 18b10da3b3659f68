package dev.sluice.gateway.metrics;

import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records.Appended;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TransactionalProducer;
import dev.sluice.gateway.log.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Counts what is appended in transactions, as {@link MeteredRecords} does otherwise; what is
 * aborted later counts, too, since it went through the log. Thread-safe as what it wraps.
 */
public final class MeteredTransactions implements Transactions {

  private final Transactions transactions;
  private final TopicTraffic traffic;

  public MeteredTransactions(Transactions transactions, TopicTraffic traffic) {
    this.transactions = transactions;
    this.traffic = traffic;
  }

  @Override
  public TransactionalProducer open(String transactionalId) throws InterruptedException {
    return new Metered(transactions.open(transactionalId), traffic);
  }

  @Override
  public void settle(String prefix) throws InterruptedException {
    transactions.settle(prefix);
  }

  private record Metered(TransactionalProducer producer, TopicTraffic traffic)
      implements TransactionalProducer {

    @Override
    public void begin(Set<TopicPartition> partitions, Set<String> groups)
        throws InterruptedException {
      producer.begin(partitions, groups);
    }

    /** Counted once it is durable. */
    @Override
    public CompletableFuture<Appended> append(
        TopicPartition topicPartition, List<NewRecord> records) {
      return MeteredRecords.counted(records, producer.append(topicPartition, records), traffic);
    }

    @Override
    public void commitOffsets(String group, Map<TopicPartition, Long> offsets)
        throws InterruptedException {
      producer.commitOffsets(group, offsets);
    }

    @Override
    public void commit() throws InterruptedException {
      producer.commit();
    }

    @Override
    public void abort() throws InterruptedException {
      producer.abort();
    }
  }
}
