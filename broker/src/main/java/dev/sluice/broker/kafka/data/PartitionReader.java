package dev.sluice.broker.kafka.data;

import dev.sluice.broker.fetch.GrowthWait;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.KafkaErrors;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.LogRegion;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.producer.AbortedTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.resource.ResourceType;

/** Reads one partition for a Fetch. */
final class PartitionReader {

  private final TopicPartitions topics;
  private final Call call;
  private final Isolation isolation;

  PartitionReader(TopicPartitions topics, Call call, Isolation isolation) {
    this.topics = topics;
    this.call = call;
    this.isolation = isolation;
  }

  /**
   * Reads.
   *
   * @param roomBytes how much of the response is left
   * @param mayExceed whether a first batch that is larger than the room is sent all the same
   * @param wait is to count what comes after this
   */
  Fetched read(Wanted wanted, int roomBytes, boolean mayExceed, GrowthWait wait) {
    Errors refusal = refusal(wanted);
    if (refusal != Errors.NONE) {
      return error(wanted, refusal);
    }
    try {
      PartitionLog log = topics.log(wanted.topic(), wanted.partition());
      Errors fenced = LeaderEpochCheck.check(log, wanted.leaderEpoch());
      if (fenced != Errors.NONE) {
        return error(wanted, fenced);
      }
      long end = wait.begin(log);
      int room = Math.max(0, Math.min(roomBytes, wanted.maxBytes()));
      return read(wanted, log, room, mayExceed, end);
    } catch (RuntimeException e) {
      return error(wanted, KafkaErrors.of(e));
    }
  }

  private Errors refusal(Wanted wanted) {
    if (wanted.topic().isEmpty()) {
      return Errors.UNKNOWN_TOPIC_ID;
    }
    return call.allows(AclOperation.READ, ResourceType.TOPIC, wanted.topic())
        ? Errors.NONE
        : Errors.TOPIC_AUTHORIZATION_FAILED;
  }

  private Fetched read(
      Wanted wanted, PartitionLog log, int roomBytes, boolean mayExceed, long readableEnd) {
    Optional<LogRegion> region = log.readRegion(wanted.offset(), roomBytes, isolation);
    if (region.isPresent() && !mayExceed && region.get().sizeBytes() > roomBytes) {
      close(region.get());
      region = Optional.empty();
    }
    try {
      PartitionData data =
          new PartitionData()
              .setPartitionIndex(wanted.partition())
              .setHighWatermark(log.highWatermark())
              .setLastStableOffset(log.transactions().lastStableOffset())
              .setLogStartOffset(log.logStartOffset())
              .setRecords(region.isEmpty() ? MemoryRecords.EMPTY : new RegionRecords(region.get()));
      if (isolation == Isolation.READ_COMMITTED) {
        PartitionData unused = data.setAbortedTransactions(aborted(log, wanted, region));
      }
      return new Fetched(wanted, data, availableBytes(region, roomBytes, readableEnd));
    } catch (RuntimeException e) {
      region.ifPresent(PartitionReader::close);
      throw e;
    }
  }

  private static int availableBytes(Optional<LogRegion> region, int roomBytes, long readableEnd) {
    if (region.isEmpty()) {
      return 0;
    }
    boolean isCut = region.get().endOffset() < readableEnd;
    return Math.max(region.get().sizeBytes(), isCut ? roomBytes : 0);
  }

  private static List<FetchResponseData.AbortedTransaction> aborted(
      PartitionLog log, Wanted wanted, Optional<LogRegion> region) {
    if (region.isEmpty()) {
      return List.of();
    }
    List<AbortedTransaction> aborted =
        log.transactions().aborted(wanted.offset(), region.get().endOffset());
    return aborted.stream()
        .map(
            one ->
                new FetchResponseData.AbortedTransaction()
                    .setProducerId(one.producerId())
                    .setFirstOffset(one.firstOffset()))
        .toList();
  }

  private static Fetched error(Wanted wanted, Errors error) {
    return new Fetched(
        wanted,
        new PartitionData()
            .setPartitionIndex(wanted.partition())
            .setErrorCode(error.code())
            .setHighWatermark(FetchResponse.INVALID_HIGH_WATERMARK)
            .setRecords(MemoryRecords.EMPTY),
        0);
  }

  /**
   * Lets go of what was read.
   *
   * @throws UncheckedIOException if some of it failed to be; the rest is let go of all the same
   */
  static void closeAll(List<Fetched> read) {
    UncheckedIOException failure = null;
    for (Fetched fetched : read) {
      if (fetched.data().records() instanceof RegionRecords records) {
        try {
          close(records.region());
        } catch (UncheckedIOException e) {
          failure = e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void close(LogRegion region) {
    try {
      region.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
