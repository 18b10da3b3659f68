package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.LogException;
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
import java.util.Set;
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
    Optional<Positions> token = Positions.parsePlaces(offset);
    return token.isPresent()
        ? resume(topic, count, only, token.get())
        : single(topic, count, only, Parameters.number("offset", offset, 0, Long.MAX_VALUE));
  }

  /** Where to go on: what retention has deleted meanwhile is skipped, new partitions are read. */
  private Positions resume(String topic, int count, OptionalInt only, Positions token) {
    requirePartition(topic, token, count);
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    SortedMap<Integer, Long> times = new TreeMap<>(token.times());
    times.keySet().retainAll(wanted(count, only).boxed().toList());
    wanted(count, only)
        .filter(partition -> !times.containsKey(partition))
        .forEach(
            partition -> {
              TopicPartition tp = new TopicPartition(topic, partition);
              long next = token.offsets().getOrDefault(partition, 0L);
              long start = whereReadable(tp, records::startOffset, next);
              offsets.put(partition, Math.max(next, start));
            });
    return settle(topic, new Positions(offsets, times));
  }

  /**
   * Finds out the offsets of ends and times that are not known yet. Those of partitions that are
   * offline stay as they are, to be asked for again: any offset would be another place.
   */
  Positions settle(String topic, Positions at) {
    Positions settled = at;
    for (Map.Entry<Integer, Long> time : at.times().entrySet()) {
      settled =
          settle(
              settled,
              new TopicPartition(topic, time.getKey()),
              tp -> records.offsetForTime(tp, time.getValue()));
    }
    for (Map.Entry<Integer, Long> offset : at.offsets().entrySet()) {
      if (offset.getValue() == Positions.END) {
        settled = settle(settled, new TopicPartition(topic, offset.getKey()), records::endOffset);
      }
    }
    return settled;
  }

  private static Positions settle(
      Positions at, TopicPartition partition, ToLongFunction<TopicPartition> offset) {
    long found = whereReadable(partition, offset, Positions.END);
    return found == Positions.END ? at : at.with(partition.partition(), found);
  }

  private static void requirePartition(String topic, Positions token, int count) {
    if (token.last() >= count) {
      throw unknownPartition(topic, token.last(), count);
    }
  }

  /**
   * Of each partition, the offset before which to read backwards. Partitions that an earlier answer
   * did not know are newer than what it goes on with, and left out.
   *
   * @param before latest, or what an earlier answer gave as {@code next}; empty leaves nothing
   * @throws ApiException naming the parameter that is wrong
   */
  Positions before(String topic, @Nullable String partition, String before) {
    int count = topics.requirePartitions(topic);
    OptionalInt only = onlyPartition(topic, partition, count);
    if (before.equals("latest")) {
      return settle(topic, new Positions(each(count, only, Positions.END)));
    }
    if (before.isEmpty()) {
      return new Positions(new TreeMap<>());
    }
    Positions token =
        Positions.parse(before)
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "before",
                        "'" + before + "' is no place to read back from.",
                        "Use latest, or the 'next' of an earlier answer."));
    requirePartition(topic, token, count);
    SortedMap<Integer, Long> wanted = new TreeMap<>(token.offsets());
    only.ifPresent(one -> wanted.keySet().retainAll(Set.of(one)));
    return new Positions(wanted);
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
    Optional<Positions> token = Positions.parsePlaces(from);
    if (token.isPresent()) {
      return resume(topic, count, only, token.get());
    }
    return switch (from) {
      case "earliest" -> resume(topic, count, only, new Positions(each(count, only, 0)));
      case "latest" -> settle(topic, new Positions(each(count, only, Positions.END)));
      default -> {
        OptionalLong millis = Parameters.timestampMillis(from);
        if (millis.isEmpty()) {
          throw ApiException.invalid("from", "'" + from + "' is no place to start.", FROM_HELP);
        }
        // As far as the written form goes.
        long time = Math.clamp(millis.getAsLong(), -Positions.END, Positions.END);
        yield settle(topic, new Positions(new TreeMap<>(), each(count, only, time)));
      }
    };
  }

  private static SortedMap<Integer, Long> each(int count, OptionalInt only, long place) {
    SortedMap<Integer, Long> places = new TreeMap<>();
    wanted(count, only).forEach(partition -> places.put(partition, place));
    return places;
  }

  private static IntStream wanted(int count, OptionalInt only) {
    return only.isPresent() ? IntStream.of(only.getAsInt()) : IntStream.range(0, count);
  }

  /** An offset of a partition, or another while it is offline. */
  static long whereReadable(
      TopicPartition partition, ToLongFunction<TopicPartition> offset, long otherwise) {
    try {
      return offset.applyAsLong(partition);
    } catch (LogException failed) {
      if (!failed.isUnreadable()) {
        throw failed;
      }
      return otherwise;
    }
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
