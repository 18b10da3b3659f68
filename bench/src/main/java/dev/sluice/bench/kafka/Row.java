package dev.sluice.bench.kafka;

import java.io.IOException;
import java.util.Map;

/** A measurement that both sides go through in turn. */
interface Row {

  /** Starts a server, measures, and stops it; a figure that a side doesn't have is left out. */
  Map<Figure, Double> measure(Side side) throws IOException, InterruptedException;
}
