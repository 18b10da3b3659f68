package dev.sluice.gateway.boot;

import dev.sluice.log.DeletionReason;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;

/**
 * Passes on what the log reports once there is someone to take it: the log opens before the metrics
 * registry exists. What comes before is not counted; that is recovery alone.
 */
final class DeferredLogMetrics implements LogMetrics {

  private volatile LogMetrics target = LogMetrics.NONE;

  void passTo(LogMetrics newTarget) {
    target = newTarget;
  }

  @Override
  public void appended(String partition, long records, long bytes) {
    target.appended(partition, records, bytes);
  }

  @Override
  public void forced(String partition, long nanos, long bytes) {
    target.forced(partition, nanos, bytes);
  }

  @Override
  public void failed(String partition, StorageException.Code code) {
    target.failed(partition, code);
  }

  @Override
  public void deleted(
      String partition, DeletionReason reason, long records, int segments, long bytes) {
    target.deleted(partition, reason, records, segments, bytes);
  }

  @Override
  public void compacted(String partition, long bytesBefore, long bytesAfter, long millis) {
    target.compacted(partition, bytesBefore, bytesAfter, millis);
  }

  @Override
  public void scrubbed(long bytes) {
    target.scrubbed(bytes);
  }

  @Override
  public void rotFound(String partition) {
    target.rotFound(partition);
  }
}
