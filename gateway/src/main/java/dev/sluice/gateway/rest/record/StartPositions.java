package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.KnownTopics;
import dev.sluice.gateway.rest.Parameters;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Works out where a read starts from its parameters. */
@Singleton
final class StartPositions {

  private static final String FROM_HELP =
      "Use earliest, latest, milliseconds since the epoch, an ISO-8601 time such as"
          + " 2026-01-31T12:00:00Z, or the 'next' of an earlier answer.";

  private final KnownTopics topics;
  private final Records records;

  StartPositions(KnownTopics topics, Records records) {
    this.topics = topics;
    this.records = records;
  }

  /** The same for other eyes: where the end is depends on what a reader may see. */
  StartPositions of(Records view) {
    return new StartPositions(topics, view);
  }

  /**
   * The first offset to read of each partition.
   *
   * @param partition one partition only, or null for all
   * @param offset an offset, or what an earlier answer gave as {@code next}
   * @param from earliest, latest, a time, or what an earlier answer gave as {@code next}
   * @param otherwise what counts when neither offset nor from is given
   * @throws ApiException naming the parameter that is wrong
   */
  Positions resolve(
      String topic,
      @Nullable String partition,
      @Nullable String offset,
      @Nullable String from,
      String otherwise) {
    int count = topics.requirePartitions(topic);
    OptionalInt only = onlyPartition(topic, partition, count);
    if (offset == null) {
      return from(topic, count, only, from == null || from.isEmpty() ? otherwise : from);
    }
    if (from != null) {
      throw ApiException.invalid("offset", "Both 'offset' and 'from' are given.", "Give one.");
    }
    Optional<Positions> token = Positions.parse(offset);
    return token.isPresent()
        ? resume(topic, count, only, token.get())
        : single(topic, count, only, Parameters.number("offset", offset, 0, Long.MAX_VALUE));
  }

  /** Where to go on: what retention has deleted meanwhile is skipped, new partitions are read. */
  private Positions resume(String topic, int count, OptionalInt only, Positions token) {
    if (token.offsets().lastKey() >= count) {
      throw unknownPartition(topic, token.offsets().lastKey(), count);
    }
    return each(
        topic,
        count,
        only,
        tp -> {
          Long next = token.offsets().get(tp.partition());
          long start = records.startOffset(tp);
          return next == null ? start : Math.max(start, next);
        });
  }

  private Positions single(String topic, int count, OptionalInt only, long offset) {
    if (only.isEmpty() && count > 1) {
      throw ApiException.invalid(
          "partition",
          "An offset needs a partition: '" + topic + "' has " + count + ".",
          "Add partition=0 to " + (count - 1) + ", or use 'from'.");
    }
    TopicPartition tp = new TopicPartition(topic, only.orElse(0));
    long start = records.startOffset(tp);
    long end = records.endOffset(tp);
    if (offset < start || offset > end) {
      throw new ApiException(
          400,
          "offset-out-of-range",
          ApiException.Category.USER,
          tp + " has no offset " + offset + ".",
          "offset",
          "Its records start at " + start + "; the next one will get " + end + ".");
    }
    return new Positions(new TreeMap<>(Map.of(tp.partition(), offset)));
  }

  private Positions from(String topic, int count, OptionalInt only, String from) {
    Optional<Positions> token = Positions.parse(from);
    if (token.isPresent()) {
      return resume(topic, count, only, token.get());
    }
    return switch (from) {
      case "earliest" -> each(topic, count, only, records::startOffset);
      case "latest" -> each(topic, count, only, records::endOffset);
      default -> {
        OptionalLong millis = Parameters.timestampMillis(from);
        if (millis.isEmpty()) {
          throw ApiException.invalid("from", "'" + from + "' is no place to start.", FROM_HELP);
        }
        yield each(topic, count, only, tp -> records.offsetForTime(tp, millis.getAsLong()));
      }
    };
  }

  private static Positions each(
      String topic, int count, OptionalInt only, ToLongFunction<TopicPartition> offset) {
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    IntStream wanted = only.isPresent() ? IntStream.of(only.getAsInt()) : IntStream.range(0, count);
    wanted.forEach(p -> offsets.put(p, offset.applyAsLong(new TopicPartition(topic, p))));
    return new Positions(offsets);
  }

  static OptionalInt onlyPartition(String topic, @Nullable String partition, int count) {
    if (partition == null) {
      return OptionalInt.empty();
    }
    long number = Parameters.number("partition", partition, 0, Integer.MAX_VALUE);
    if (number >= count) {
      throw unknownPartition(topic, number, count);
    }
    return OptionalInt.of((int) number);
  }

  static ApiException unknownPartition(String topic, long partition, int count) {
    return ApiException.unknown(
        "partition",
        "'" + topic + "' has no partition " + partition + ".",
        "Its partitions are 0 to " + (count - 1) + ".");
  }
}
