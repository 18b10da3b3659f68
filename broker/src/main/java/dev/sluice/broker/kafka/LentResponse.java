package dev.sluice.broker.kafka;

import java.io.IOException;

/** A response that holds something, such as open files, until it is sent or given up. */
public interface LentResponse {

  /** Lets go. */
  void close() throws IOException;
}
