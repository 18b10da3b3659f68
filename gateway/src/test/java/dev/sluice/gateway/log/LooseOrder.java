package dev.sluice.gateway.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An order of appends for logs of tests: what is behind a failed append is stored all the same. */
public record LooseOrder(Records records) implements Records.OrderedAppends {

  @Override
  public CompletableFuture<Records.Appended> append(
      TopicPartition topicPartition, List<NewRecord> batch) {
    return records.append(topicPartition, batch);
  }

  @Override
  public void resume() {}
}
