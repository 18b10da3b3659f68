package dev.sluice.broker.kafka.data;

import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;

/** What reading a partition brought. */
record Fetched(Wanted wanted, PartitionData data) {

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
