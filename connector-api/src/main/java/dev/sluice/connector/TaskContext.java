package dev.sluice.connector;

import java.time.Clock;

/** What every task is given. Thread-safe. */
public sealed interface TaskContext permits SourceContext, SinkContext {

  /** The connector's name, unique in the gateway. */
  String connector();

  /** The number of this task among the connector's tasks, from 0. */
  int taskNumber();

  /** How many tasks the connector has. */
  int taskCount();

  /** The options: valid, with defaults filled in and secrets resolved. */
  Options options();

  /** The clock to use for record timestamps and intervals. */
  Clock clock();
}
