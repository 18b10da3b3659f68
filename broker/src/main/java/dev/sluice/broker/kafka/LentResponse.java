package dev.sluice.broker.kafka;

import java.io.IOException;

/** A response that holds something, such as open files, until it is sent or given up. */
public interface LentResponse {

  /** How many bytes of it take no memory, since they go from files to the client. */
  long lentBytes();

  /** Lets go. */
  void close() throws IOException;
}
