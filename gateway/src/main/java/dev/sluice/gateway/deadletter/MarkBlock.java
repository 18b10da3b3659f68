package dev.sluice.gateway.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.gateway.log.LogException;
import java.io.IOException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The marks of {@value #SIZE} offsets of a partition. Letters that were dealt with together share
 * one entry, so that a block of a bulk takes some bytes for each letter at most. As JSON: {@code
 * [{"did": "sent", "at": 1764460800000, "to": "warehouse", "offsets": "0-5,8"}]}, offsets counted
 * from the block's first. Immutable to others than its maker.
 */
final class MarkBlock {

  /** How many offsets a block is about. */
  static final int SIZE = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Mark, BitSet> marks;

  private MarkBlock(Map<Mark, BitSet> marks) {
    this.marks = marks;
  }

  /** The number of the block that an offset belongs to. */
  static long number(long offset) {
    return offset / SIZE;
  }

  /**
   * Reads the stored form.
   *
   * @param stored null for a block without marks
   * @throws LogException if it is no such form
   */
  static MarkBlock read(byte @Nullable [] stored) {
    Map<Mark, BitSet> marks = new LinkedHashMap<>();
    if (stored == null) {
      return new MarkBlock(marks);
    }
    try {
      for (JsonNode entry : JSON.readTree(stored)) {
        Mark mark =
            new Mark(
                Mark.Act.valueOf(entry.path("did").asText().toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(entry.path("at").asLong()),
                entry.path("to").asText());
        marks.put(mark, bits(entry.path("offsets").asText()));
      }
      return new MarkBlock(marks);
    } catch (IOException | IllegalArgumentException e) {
      throw new LogException(
          LogException.Code.INTERNAL, "A block of dead-letter marks can't be read.", e);
    }
  }

  /** With these offsets marked so, whatever they were before. */
  MarkBlock with(Mark mark, Collection<Long> offsets) {
    BitSet added = new BitSet(SIZE);
    offsets.forEach(offset -> added.set((int) (offset % SIZE)));
    Map<Mark, BitSet> changed = new LinkedHashMap<>();
    marks.forEach(
        (old, bits) -> {
          BitSet left = (BitSet) bits.clone();
          left.andNot(added);
          if (!left.isEmpty()) {
            changed.put(old, left);
          }
        });
    changed.merge(
        mark,
        added,
        (old, fresh) -> {
          BitSet both = (BitSet) old.clone();
          both.or(fresh);
          return both;
        });
    return new MarkBlock(changed);
  }

  /** The mark of an offset, or null. */
  @Nullable Mark of(long offset) {
    int bit = (int) (offset % SIZE);
    for (Map.Entry<Mark, BitSet> entry : marks.entrySet()) {
      if (entry.getValue().get(bit)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** The stored form. */
  byte[] toBytes() {
    ArrayNode array = JSON.createArrayNode();
    marks.forEach(
        (mark, bits) ->
            array
                .addObject()
                .put("did", mark.act().name().toLowerCase(Locale.ROOT))
                .put("at", mark.at().toEpochMilli())
                .put("to", mark.to())
                .put("offsets", ranges(bits)));
    try {
      return JSON.writeValueAsBytes(array);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Marks can't be written as JSON", impossible);
    }
  }

  private static String ranges(BitSet bits) {
    return IntStream.iterate(
            bits.nextSetBit(0), from -> from >= 0, from -> bits.nextSetBit(bits.nextClearBit(from)))
        .mapToObj(
            from -> {
              int to = bits.nextClearBit(from) - 1;
              return from == to ? Integer.toString(from) : from + "-" + to;
            })
        .collect(Collectors.joining(","));
  }

  private static BitSet bits(String ranges) {
    BitSet bits = new BitSet(SIZE);
    for (String range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      bits.set(from, (dash < 0 ? from : Integer.parseInt(range.substring(dash + 1))) + 1);
    }
    return bits;
  }
}
