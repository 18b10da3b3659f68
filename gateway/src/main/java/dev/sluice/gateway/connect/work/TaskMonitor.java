package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.ConnectorException;
import java.time.Duration;

/** Is told how a task goes. Thread-safe; never blocks, never fails. */
public interface TaskMonitor {

  /** The task has connected. */
  void started();

  /** The task captures a database's changes, and can be asked how far it is. */
  void captures(ChangeCapture capture);

  /** Something was carried or there was nothing to carry: whatever was wrong is over. */
  void works();

  /**
   * Another attempt has failed and will be repeated.
   *
   * @return how long to wait before the next attempt
   */
  Duration failed(ConnectorException error);

  /** The task moves nothing because it is to pause. */
  void paused();

  /** The task goes on after a pause. */
  void resumed();

  /** Records were carried: by a source to a topic, by a sink or rule from one. */
  void carried(String topic, long records, long bytes);

  /** A rule has written to a topic what it carries from others. */
  void wrote(String topic, long records);

  /**
   * A record that is refused is about to be set aside.
   *
   * @param error why
   * @param trace its stack trace
   * @param place what it concerns
   */
  void refused(ConnectorException error, String trace, ErrorPlace place);

  /** Records were set aside. */
  void rejected(long records);

  /** Something that people should know. */
  void report(String eventType, String message);
}
