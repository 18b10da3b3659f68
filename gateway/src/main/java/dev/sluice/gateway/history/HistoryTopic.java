package dev.sluice.gateway.history;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The frames of one resolution in a topic of their own, a record for each, whose timestamp is the
 * frame's time. Appending belongs to one thread; reading is thread-safe.
 */
final class HistoryTopic {

  private static final int READ_RECORDS = 500;
  private static final int READ_BYTES = 4 << 20;
  private static final Duration APPEND_PATIENCE = Duration.ofSeconds(5);

  private final Topics topics;
  private final Records records;
  private final Resolution resolution;
  private final TopicPartition partition;
  private final FrameEncoder encoder;

  HistoryTopic(Topics topics, Records records, Resolution resolution) {
    this.topics = topics;
    this.records = records;
    this.resolution = resolution;
    this.partition = new TopicPartition(resolution.topic(), 0);
    this.encoder = new FrameEncoder(resolution != Resolution.TICK);
  }

  Resolution resolution() {
    return resolution;
  }

  /** Creates the topic, or gives it the settings of this version. */
  void ensure() {
    if (exists()) {
      var unused = topics.update(resolution.topic(), 1, resolution.settings());
    } else {
      var unused = topics.create(resolution.topic(), 1, resolution.settings());
      encoder.reset();
    }
  }

  private boolean exists() {
    return topics.partitionCount(resolution.topic()) > 0;
  }

  /** The time of the last frame, in milliseconds since the epoch; 0 if there is none. */
  long lastMillis() {
    long end = records.endOffset(partition);
    return end == records.startOffset(partition)
        ? 0
        : records.read(partition, end - 1, 1, 1).entries().stream()
            .mapToLong(entry -> entry.timestampMillis())
            .max()
            .orElse(0);
  }

  /**
   * Appends a frame.
   *
   * @return its size in bytes
   * @throws LogException if it could not be stored
   */
  int append(Frame frame) throws InterruptedException {
    byte[] bytes = encoder.encode(frame);
    boolean isStored = false;
    try {
      var unused =
          records
              .append(partition, List.of(new NewRecord(frame.timeMillis(), null, bytes, List.of())))
              .get(APPEND_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      isStored = true;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof LogException known
          ? known
          : new LogException(
              LogException.Code.INTERNAL, "History can't be appended.", failed.getCause());
    } catch (TimeoutException slow) {
      throw new LogException(
          LogException.Code.PARTITION_OFFLINE, "History could not be appended in time.", slow);
    } finally {
      if (!isStored) {
        encoder.reset();
      }
    }
    return bytes.length;
  }

  /**
   * Reads frames in the order of time. What was deleted, or can't be read, is left out.
   *
   * @param afterMillis those after this time
   * @param toMillis up to this time
   * @param wanted points of these series
   * @throws LogException if the partition can't be read
   */
  void read(long afterMillis, long toMillis, Predicate<Series> wanted, Consumer<Frame> to) {
    if (!exists()) {
      return;
    }
    FrameDecoder decoder = new FrameDecoder(wanted);
    long offset =
        Math.max(
            records.startOffset(partition),
            records.offsetForTime(partition, afterMillis + 1) - FrameEncoder.KEY_EVERY);
    while (true) {
      Records.Slice slice = records.read(partition, offset, READ_RECORDS, READ_BYTES);
      for (StoredRecord record : slice.records()) {
        if (record.timestampMillis() > toMillis) {
          return;
        }
        byte[] value = record.value();
        if (value != null) {
          decoder
              .decode(record.timestampMillis(), value)
              .filter(frame -> frame.timeMillis() > afterMillis)
              .ifPresent(to);
        }
      }
      if (slice.nextOffset() <= offset) {
        return;
      }
      offset = slice.nextOffset();
    }
  }
}
