package dev.sluice.connector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a source task is given. Thread-safe. */
public non-sealed interface SourceContext extends TaskContext {

  /** The positions that were durable when the task was started; later ones don't show. */
  List<SourcePosition> positions();

  /** The durable offset of one source partition, if it has one. */
  default Optional<Map<String, Object>> offset(Map<String, Object> partition) {
    return positions().stream()
        .filter(position -> position.partition().equals(partition))
        .findFirst()
        .flatMap(position -> Optional.ofNullable(position.offset()));
  }
}
