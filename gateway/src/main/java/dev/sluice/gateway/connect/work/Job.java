package dev.sluice.gateway.connect.work;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.state.PositionStore;
import dev.sluice.gateway.log.Groups;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What one attempt at a task works with.
 *
 * @param spec the connector
 * @param taskNumber which of its tasks, from 0
 * @param log the log
 * @param positions positions of sources
 * @param clock time
 * @param random for jitter
 * @param control what is wanted of the task
 * @param monitor who is told how it goes
 */
public record Job(
    ConnectorSpec spec,
    int taskNumber,
    LogPorts log,
    PositionStore positions,
    Clock clock,
    RandomGenerator random,
    TaskControl control,
    TaskMonitor monitor) {

  String connector() {
    return spec.name();
  }

  /** The consumer group that holds the positions of a sink or rule. */
  public static String group(String connector) {
    return Groups.ofConnector(connector);
  }

  Stubborn stubborn() {
    return new Stubborn(control, monitor);
  }
}
