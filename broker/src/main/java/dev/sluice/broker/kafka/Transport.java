package dev.sluice.broker.kafka;

import dev.sluice.log.partition.LogRegion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.network.TransferableChannel;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * A connection's bytes. One thread reads while another writes; closing it from a third ends both
 * with an exception. Reads and writes block, on virtual threads.
 */
public interface Transport extends TransferableChannel, Closeable {

  /**
   * Reads some bytes.
   *
   * @return how many, at least 1 if there is room; -1 at the end
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Sends bytes of a log file.
   *
   * @param from where in the region to begin
   * @return how many bytes went, at least 1
   */
  long transferFrom(LogRegion region, int from) throws IOException;

  /** Who the transport itself has proved the other end to be; anonymous without a certificate. */
  default KafkaPrincipal principal() {
    return KafkaPrincipal.ANONYMOUS;
  }

  @Override
  default boolean hasPendingWrites() {
    return false;
  }
}
