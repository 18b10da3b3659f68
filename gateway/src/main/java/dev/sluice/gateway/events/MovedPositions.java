package dev.sluice.gateway.events;

import dev.sluice.gateway.log.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Positions that have moved, in words that fit into an event, however many they are. */
public final class MovedPositions {

  private MovedPositions() {}

  /**
   * A position that has moved.
   *
   * @param partition in which partition
   * @param from where it was, or null if there was none
   * @param to where it is, or null if it was forgotten
   */
  public record Move(String partition, @Nullable String from, @Nullable String to) {

    private String text() {
      return FirstFew.cut(partition) + " from " + place(from) + " to " + place(to);
    }

    private static String place(@Nullable String position) {
      return position == null ? "none" : FirstFew.cut(position);
    }
  }

  /** The first moves, and how many more there are: {@code orders-0 from 7 to 0 and 3 more}. */
  public static String text(List<Move> moves) {
    return FirstFew.of(moves.stream().map(Move::text).toList());
  }

  /**
   * The same of offsets in topics.
   *
   * @param from where they were, of those that had one
   * @param to where they are
   */
  public static String text(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    return text(
        new TreeMap<>(to)
            .entrySet().stream()
                .map(
                    move ->
                        new Move(
                            move.getKey().toString(),
                            offset(from.get(move.getKey())),
                            offset(move.getValue())))
                .toList());
  }

  private static @Nullable String offset(@Nullable Long offset) {
    return offset == null ? null : offset.toString();
  }
}
