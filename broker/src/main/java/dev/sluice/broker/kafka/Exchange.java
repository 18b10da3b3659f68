package dev.sluice.broker.kafka;

import org.apache.kafka.common.requests.RequestContext;

/**
 * One request and its answer. Holds what both have of the common memory until it is closed: when
 * the answer is sent or given up. Used by one thread at a time, which hands it on.
 *
 * @param context header and client
 * @param startNanos when the request was there
 * @param charge what its fields hold
 * @param room what its answer holds
 */
record Exchange(
    RequestContext context, long startNanos, RequestMemory.Charge charge, ResponseMemory.Room room)
    implements AutoCloseable {

  @Override
  public void close() {
    charge.release();
    room.release();
  }
}
