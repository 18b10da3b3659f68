package dev.sluice.bench.kafka;

/** What one side reached in one round. */
record Measured(Figure figure, double value) {}
