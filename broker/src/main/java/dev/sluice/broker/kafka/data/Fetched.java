package dev.sluice.broker.kafka.data;

import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;

/**
 * What reading a partition brought.
 *
 * @param availableBytes how much there is to read, as far as there was room: somewhat more than was
 *     read where the next batch didn't fit
 */
record Fetched(Wanted wanted, PartitionData data, int availableBytes) {

  boolean hasRecords() {
    return data.records() != null && data.records().sizeInBytes() > 0;
  }

  boolean hasError() {
    return data.errorCode() != Errors.NONE.code();
  }

  int sizeBytes() {
    return data.records() == null ? 0 : data.records().sizeInBytes();
  }
}
