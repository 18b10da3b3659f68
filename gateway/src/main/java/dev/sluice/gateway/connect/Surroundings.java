package dev.sluice.gateway.connect;

import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import dev.sluice.gateway.events.Events;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What the runtime takes from outside beside log and connectors.
 *
 * @param clock for timestamps and intervals
 * @param random for jitter; thread-safe
 * @param events where events go
 * @param metrics where counts go
 * @param stopTimeout how long a task may take to stop before it is interrupted; after as long again
 *     it is abandoned
 */
public record Surroundings(
    Clock clock,
    RandomGenerator random,
    Events events,
    ConnectMetrics metrics,
    Duration stopTimeout) {

  /** Reports what the gateway did by itself. */
  void publish(String type, String connector, String message) {
    publish(type, connector, message, Actor.GATEWAY);
  }

  /** Reports what was done for someone. */
  void publish(String type, String connector, String message, Actor actor) {
    events.publish(new Event(type, connector, message, clock.instant(), actor));
  }
}
