package dev.sluice.gateway.log.embedded;

import dev.sluice.broker.group.GroupException;
import dev.sluice.broker.topic.TopicException;
import dev.sluice.connector.Header;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.LogException.Code;
import dev.sluice.log.StorageException;
import dev.sluice.log.record.RecordHeader;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RetriableException;

/** Between the words of the ports and those of broker and log. */
final class Translation {

  private Translation() {}

  static List<RecordHeader> recordHeaders(List<Header> headers) {
    return headers.isEmpty()
        ? List.of()
        : headers.stream().map(header -> new RecordHeader(header.key(), header.value())).toList();
  }

  static List<Header> headers(List<RecordHeader> headers) {
    return headers.isEmpty()
        ? List.of()
        : headers.stream().map(header -> new Header(header.key(), header.value())).toList();
  }

  /** What a future failed with, without what futures wrap around it. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** The same for a read of a partition that is available: what can't be read is one place. */
  static LogException readException(RuntimeException failure) {
    return failure instanceof StorageException storage
            && (storage.code() == StorageException.Code.CORRUPT
                || storage.code() == StorageException.Code.IO)
        ? new LogException(Code.PLACE_DAMAGED, String.valueOf(storage.getMessage()), storage)
        : exception(failure);
  }

  /** The port's exception for what broker or log threw; others pass as INTERNAL. */
  static LogException exception(Throwable failure) {
    return switch (failure) {
      case LogException already -> already;
      case TopicException topic ->
          new LogException(
              switch (topic.code()) {
                case UNKNOWN_TOPIC -> Code.UNKNOWN_TOPIC;
                case TOPIC_EXISTS -> Code.TOPIC_EXISTS;
                case INVALID_TOPIC -> Code.INVALID_TOPIC;
              },
              String.valueOf(topic.getMessage()),
              topic);
      case StorageException storage ->
          new LogException(
              switch (storage.code()) {
                case OFFSET_OUT_OF_RANGE -> Code.OFFSET_OUT_OF_RANGE;
                case TOO_LARGE -> Code.TOO_LARGE;
                case UNKNOWN_PARTITION -> Code.UNKNOWN_TOPIC;
                case PARTITION_EXISTS -> Code.TOPIC_EXISTS;
                case INVALID_NAME -> Code.INVALID_TOPIC;
                case DISK_FULL -> Code.DISK_FULL;
                case PREDECESSOR_FAILED -> Code.PREDECESSOR_FAILED;
                case CORRUPT, OFFLINE, IO, READ_ONLY, LOCKED -> Code.PARTITION_OFFLINE;
                case CLOSED, INTERRUPTED -> Code.CLOSED;
                case INVALID_BATCH, INVALID_RECORD -> Code.INVALID_RECORD;
                case OUT_OF_ORDER_SEQUENCE, PRODUCER_FENCED, INVALID_TRANSACTION_STATE ->
                    Code.TRANSACTION_LOST;
                case STALE_LEADER_EPOCH, INTERNAL -> Code.INTERNAL;
              },
              String.valueOf(storage.getMessage()),
              storage);
      case GroupException group ->
          new LogException(
              switch (group.code()) {
                case HAS_MEMBERS -> Code.GROUP_IN_USE;
                case UNAVAILABLE -> Code.PARTITION_OFFLINE;
                case UNKNOWN_GROUP, INVALID, INTERNAL -> Code.INTERNAL;
              },
              String.valueOf(group.getMessage()),
              group);
      // As when the topic of the groups can't be created on a full disk.
      case RetriableException passing ->
          new LogException(Code.PARTITION_OFFLINE, String.valueOf(passing.getMessage()), passing);
      default -> new LogException(Code.INTERNAL, "The log failed: " + failure, failure);
    };
  }
}
