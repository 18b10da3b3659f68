package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where appends go: to the log at once, or into a transaction. */
@FunctionalInterface
interface Appends {

  /** Begins an append, as {@link Records#append}. */
  CompletableFuture<Records.Appended> append(TopicPartition target, List<NewRecord> batch);
}
