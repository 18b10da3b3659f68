package dev.sluice.gateway.history;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.NewRecord;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /**
   * Who is given what was read, one after the other.
   *
   * @param <T> what it is
   * @param <E> what it may throw, which ends the reading
   */
  @FunctionalInterface
  interface Taker<T, E extends Exception> {
    void take(T read) throws E;
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

  /**
   * The time of the last frame within bounds.
   *
   * @param afterMillis after this time, which is the answer if there is none
   * @param toMillis up to this time
   */
  long lastMillis(long afterMillis, long toMillis) {
    long[] last = {afterMillis};
    scan(
        records.offsetForTime(partition, afterMillis + 1),
        entry -> {
          if (entry.timestampMillis() <= toMillis) {
            last[0] = Math.max(last[0], entry.timestampMillis());
          }
        });
    return last[0];
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
   * Reads frames in the order in which they were written: that of time, unless the clock was ahead
   * for a while. What was deleted, or can't be read, is left out.
   *
   * @param afterMillis those after this time
   * @param toMillis up to this time
   * @param wanted points of these series
   * @throws LogException if the partition can't be read
   */
  <E extends Exception> void read(
      long afterMillis, long toMillis, Predicate<Series> wanted, Taker<Frame, E> to) throws E {
    if (!exists()) {
      return;
    }
    FrameDecoder decoder = new FrameDecoder(wanted);
    scan(
        records.offsetForTime(partition, afterMillis + 1) - FrameEncoder.KEY_EVERY,
        entry -> {
          if (entry instanceof StoredRecord record && record.value() != null) {
            Optional<Frame> frame =
                decoder
                    .decode(record.timestampMillis(), record.value())
                    .filter(some -> some.timeMillis() > afterMillis)
                    .filter(some -> some.timeMillis() <= toMillis);
            if (frame.isPresent()) {
              to.take(frame.get());
            }
          }
        });
  }

  /**
   * Goes through what there is now. A frame that is too late does not end it: those behind it are
   * earlier if the clock was ahead when it was written, and has been set right.
   *
   * @param from the first offset, or one below the start
   */
  private <E extends Exception> void scan(long from, Taker<Entry, E> to) throws E {
    long end = records.endOffset(partition);
    long offset = Math.max(records.startOffset(partition), from);
    while (offset < end) {
      Records.Slice slice = records.read(partition, offset, READ_RECORDS, READ_BYTES);
      for (Entry entry : slice.entries()) {
        to.take(entry);
      }
      if (slice.nextOffset() <= offset) {
        return;
      }
      offset = slice.nextOffset();
    }
  }
}
