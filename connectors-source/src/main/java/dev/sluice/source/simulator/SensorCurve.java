package dev.sluice.source.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The values of one sensor: a sine wave of its own phase, with noise that wanders smoothly around
 * it (value noise: random heights at whole multiples of {@link #NOISE_STEPS}, eased in between). A
 * pure function of options, name and step, so that any step can be asked for in any order.
 */
final class SensorCurve {

  /** Steps between two random heights of the noise. */
  private static final int NOISE_STEPS = 12;

  private final SimulatorOptions options;
  private final long sensorSeed;
  private final double phase;
  private final double stepsPerPeriod;

  SensorCurve(SimulatorOptions options, String sensor) {
    this.options = options;
    this.sensorSeed = mix(options.seed() ^ mix(sensor.hashCode()));
    this.phase = unit(mix(sensorSeed)) * 0.2;
    // Without an interval a step counts as a second, else the wave would stand still.
    long stepMillis =
        Math.max(1, options.interval().isZero() ? 1000 : options.interval().toMillis());
    this.stepsPerPeriod = (double) options.period().toMillis() / stepMillis;
  }

  BigDecimal at(long step) {
    double turn = step / stepsPerPeriod + phase;
    double wave = (1 - Math.cos(2 * Math.PI * turn)) / 2;
    double share = wave * (1 - options.noise()) + noise(step) * options.noise();
    double value = options.min() + share * (options.max() - options.min());
    return BigDecimal.valueOf(Math.clamp(value, options.min(), options.max()))
        .setScale(options.decimals(), RoundingMode.HALF_EVEN);
  }

  /** Between 0 and 1. */
  private double noise(long step) {
    long cell = Math.floorDiv(step, NOISE_STEPS);
    double within = (double) Math.floorMod(step, NOISE_STEPS) / NOISE_STEPS;
    double eased = within * within * (3 - 2 * within);
    double left = unit(mix(sensorSeed + cell));
    double right = unit(mix(sensorSeed + cell + 1));
    return left + (right - left) * eased;
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014), a bijection that scatters bits. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
