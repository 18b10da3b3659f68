package dev.sluice.connector.testing;

import dev.sluice.connector.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Positions as the runtime keeps them: the last one of each partition, after a round trip through
 * JSON, which turns whole numbers into the smallest type that holds them.
 */
public final class StoredPositions {

  private final Map<Object, SourcePosition> byPartition = new LinkedHashMap<>();

  /** Stores what a batch brought. */
  public void store(List<SourcePosition> positions) {
    for (SourcePosition position : positions) {
      Map<String, Object> partition = roundTrip(position.partition());
      if (position.offset() == null) {
        byPartition.remove(partition);
      } else {
        byPartition.put(partition, new SourcePosition(partition, roundTrip(position.offset())));
      }
    }
  }

  /** What a task is given that starts now. */
  public List<SourcePosition> list() {
    return List.copyOf(byPartition.values());
  }

  private static Map<String, Object> roundTrip(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(name, roundTrip(value)));
    return copy;
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private static Object roundTrip(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> roundTrip((Map<String, Object>) map);
      case List<?> list -> new ArrayList<>(list.stream().map(e -> roundTrip((Object) e)).toList());
      case Long number when number == number.intValue() -> number.intValue();
      case String text -> text;
      case Number number -> number;
      case Boolean bool -> bool;
      default -> throw new AssertionError("A position holds what JSON can't: " + value.getClass());
    };
  }
}
