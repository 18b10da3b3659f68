package dev.sluice.broker.kafka.data;

import dev.sluice.log.partition.PartitionLog;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;

/**
 * Records of a Produce request on their way to a partition.
 *
 * @param first the first batch; of a transactional producer it is the only one
 * @param response gets what became of them
 */
record PartitionAppend(
    TopicPartition partition,
    PartitionLog log,
    MemoryRecords records,
    RecordBatch first,
    PartitionProduceResponse response) {

  boolean isTransactional() {
    return first.isTransactional();
  }

  boolean isOfProducer(RecordBatch other) {
    return first.producerId() == other.producerId()
        && first.producerEpoch() == other.producerEpoch();
  }
}
