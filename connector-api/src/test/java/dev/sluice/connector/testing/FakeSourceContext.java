package dev.sluice.connector.testing;

import dev.sluice.connector.Options;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A source context with fixed options, positions and clock. */
public record FakeSourceContext(
    String connector,
    Options options,
    List<SourcePosition> positions,
    Clock clock,
    int taskNumber,
    int taskCount)
    implements SourceContext {

  /** The context of a connector's only task. */
  public FakeSourceContext(
      String connector, Options options, List<SourcePosition> positions, Clock clock) {
    this(connector, options, positions, clock, 0, 1);
  }

  /** A context for a connector named {@code test} that starts anew, on the system clock. */
  public static FakeSourceContext fresh(Map<String, Object> options) {
    return at(options, List.of());
  }

  /** A context that goes on from the positions. */
  public static FakeSourceContext at(Map<String, Object> options, List<SourcePosition> positions) {
    return new FakeSourceContext("test", new Options(options), positions, Clock.systemUTC());
  }
}
