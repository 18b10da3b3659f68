package dev.sluice.bench.kafka;

/** Who is measured. */
enum Side {
  SLUICE,
  KAFKA
}
