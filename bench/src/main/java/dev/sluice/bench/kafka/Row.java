package dev.sluice.bench.kafka;

import java.io.IOException;
import java.util.List;

/** A measurement that both sides go through in turn. */
interface Row {

  /** Starts a server, measures, and stops it; the same figures in the same order each time. */
  List<Measured> measure(Side side) throws IOException, InterruptedException;
}
