package dev.sluice.broker.kafka;

import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * The errors in answers. Those that are sent all the time are looked through without making
 * anything, since they mostly have none.
 */
final class AnswerErrors {

  private AnswerErrors() {}

  /**
   * How often each error is in an answer.
   *
   * @throws RuntimeException if it can't be told, for the client has named something twice
   */
  static Map<Errors, Integer> of(AbstractResponse response) {
    if (isKnownToHaveNone(response.data())) {
      return Map.of();
    }
    Map<Errors, Integer> errors = new EnumMap<>(Errors.class);
    response
        .errorCounts()
        .forEach(
            (error, count) -> {
              if (error != Errors.NONE) {
                Integer unused = errors.put(error, count);
              }
            });
    return errors;
  }

  private static boolean isKnownToHaveNone(ApiMessage answer) {
    return switch (answer) {
      case ProduceResponseData produce -> hasNone(produce);
      case FetchResponseData fetch -> hasNone(fetch);
      case OffsetCommitResponseData commit -> hasNone(commit);
      case TxnOffsetCommitResponseData commit -> hasNone(commit);
      case HeartbeatResponseData heartbeat -> isNone(heartbeat.errorCode());
      case ConsumerGroupHeartbeatResponseData heartbeat -> isNone(heartbeat.errorCode());
      default -> false;
    };
  }

  private static boolean hasNone(ProduceResponseData answer) {
    for (var topic : answer.responses()) {
      for (var partition : topic.partitionResponses()) {
        if (!isNone(partition.errorCode())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean hasNone(FetchResponseData answer) {
    for (var topic : answer.responses()) {
      for (var partition : topic.partitions()) {
        if (!isNone(partition.errorCode())) {
          return false;
        }
      }
    }
    return isNone(answer.errorCode());
  }

  private static boolean hasNone(OffsetCommitResponseData answer) {
    for (var topic : answer.topics()) {
      for (var partition : topic.partitions()) {
        if (!isNone(partition.errorCode())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean hasNone(TxnOffsetCommitResponseData answer) {
    for (var topic : answer.topics()) {
      for (var partition : topic.partitions()) {
        if (!isNone(partition.errorCode())) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isNone(short code) {
    return code == Errors.NONE.code();
  }
}
