package dev.sluice.connector;

import java.util.List;
import java.util.Map;

/**
 * A sink task whose target keeps the positions together with the records, so that each record is
 * written exactly once. The runtime calls {@link #claim} before the first put of a partition, and
 * {@link #put(List, Map)} in place of {@link SinkTask#put(List)}.
 *
 * <p><b>Invariant position-with-put:</b> a record and the position behind it reach the target in
 * one transaction, and only through the task that claimed the partition last.
 */
public interface TransactionalSinkTask extends SinkTask {

  /**
   * Takes partitions over: from when this returns, no task that claimed them before can write them
   * any more.
   *
   * @param starts where to begin in a partition that the target knows nothing of, at least one
   * @return of each of these partitions, the offset to go on from
   * @throws ConnectorException as {@link SinkTask#put}; the task is closed and a new one started
   */
  Map<SinkPartition, Long> claim(Map<SinkPartition, Long> starts) throws Exception;

  /**
   * Writes the records and moves the positions, both or nothing. Records that the target holds
   * already, as after a commit whose answer was lost, are left out.
   *
   * @param records may be empty where all records up to the positions were dropped or set aside
   * @param nextOffsets of each partition that was read, the offset behind what is done with this
   *     put
   * @throws ConnectorException as {@link SinkTask#put}; also if another task has claimed a
   *     partition
   */
  void put(List<SinkRecord> records, Map<SinkPartition, Long> nextOffsets) throws Exception;
}
