package dev.sluice.broker.kafka;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What our errors are called in Kafka's protocol. */
public final class KafkaErrors {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaErrors.class);

  private KafkaErrors() {}

  /** The error code of a failure; one that nobody foresaw is logged. */
  public static Errors of(Throwable failure) {
    return switch (failure) {
      case StorageException storage -> of(storage.code());
      case TopicException topic -> of(topic.code());
      case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
      case DisconnectException gone -> Errors.NETWORK_EXCEPTION; // Nobody is there to be told.
      default -> ofOther(failure);
    };
  }

  /** The same as an exception with the failure's message, for the client to read. */
  public static RuntimeException exception(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    Errors error = of(cause);
    return error == Errors.UNKNOWN_SERVER_ERROR
        ? error.exception()
        : error.exception(cause.getMessage());
  }

  private static Errors ofOther(Throwable failure) {
    Errors error = Errors.forException(failure);
    if (error == Errors.UNKNOWN_SERVER_ERROR) {
      LOG.error("A request failed in an unforeseen way", failure);
    }
    return error;
  }

  private static Errors of(StorageException.Code code) {
    return switch (code) {
      case OFFSET_OUT_OF_RANGE -> Errors.OFFSET_OUT_OF_RANGE;
      case INVALID_BATCH -> Errors.CORRUPT_MESSAGE;
      case TOO_LARGE -> Errors.MESSAGE_TOO_LARGE;
      case INVALID_RECORD -> Errors.INVALID_RECORD;
      case OUT_OF_ORDER_SEQUENCE -> Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
      case PRODUCER_FENCED -> Errors.INVALID_PRODUCER_EPOCH;
      case INVALID_TRANSACTION_STATE -> Errors.INVALID_TXN_STATE;
      case STALE_LEADER_EPOCH -> Errors.FENCED_LEADER_EPOCH;
      case UNKNOWN_PARTITION -> Errors.UNKNOWN_TOPIC_OR_PARTITION;
      case PARTITION_EXISTS -> Errors.TOPIC_ALREADY_EXISTS;
      case INVALID_NAME -> Errors.INVALID_TOPIC_EXCEPTION;
      case DISK_FULL, READ_ONLY, CORRUPT, IO, PREDECESSOR_FAILED -> Errors.KAFKA_STORAGE_ERROR;
      case OFFLINE, CLOSED -> Errors.NOT_LEADER_OR_FOLLOWER;
      case LOCKED, INTERNAL -> Errors.UNKNOWN_SERVER_ERROR;
      case INTERRUPTED -> Errors.REQUEST_TIMED_OUT;
    };
  }

  private static Errors of(TopicException.Code code) {
    return switch (code) {
      case UNKNOWN_TOPIC -> Errors.UNKNOWN_TOPIC_OR_PARTITION;
      case TOPIC_EXISTS -> Errors.TOPIC_ALREADY_EXISTS;
      case INVALID_TOPIC -> Errors.INVALID_TOPIC_EXCEPTION;
    };
  }
}
