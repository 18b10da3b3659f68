package dev.sluice.bench.kafka;

import java.util.Optional;

/**
 * Something that is measured on both sides.
 *
 * @param name with its unit, as in the table
 * @param aim empty if it is told only
 */
record Figure(String name, Optional<Aim> aim) {

  static Figure of(String name, Aim.Kind kind, double limit) {
    return new Figure(name, Optional.of(new Aim(kind, limit)));
  }

  static Figure told(String name) {
    return new Figure(name, Optional.empty());
  }
}
