package dev.sluice.source.simulator;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The options of a simulator.
 *
 * @param sensors the sensors' names, each once
 * @param interval from one step to the next; zero for as fast as the log takes them
 * @param seed values differ for each seed
 * @param min no value is below
 * @param max no value is above
 * @param field the name of the value in the record
 * @param decimals digits after the point
 * @param period the length of the curve's wave, a day in real life
 * @param noise the share of the range that is noise, from 0 to 1
 * @param steps how many steps there are, or empty for no end
 */
record SimulatorOptions(
    List<String> sensors,
    Duration interval,
    long seed,
    double min,
    double max,
    String field,
    int decimals,
    Duration period,
    double noise,
    OptionalLong steps) {

  static SimulatorOptions from(Options options) {
    double min = options.number("min");
    double max = options.number("max");
    if (!(min < max)) {
      throw ConnectorException.configuration(
          "simulator-range",
          "The option 'min' (" + min + ") is not below 'max' (" + max + ").",
          "Set 'min' to a number below 'max'.");
    }
    Duration period = options.duration("period");
    if (period.isZero()) {
      throw ConnectorException.configuration(
          "simulator-period", "The option 'period' is zero.", "Set 'period' to 1s or longer.");
    }
    return new SimulatorOptions(
        sensors(options),
        options.duration("interval"),
        options.longInteger("seed"),
        min,
        max,
        options.string("field"),
        options.integer("decimals"),
        period,
        options.number("noise"),
        options.has("steps")
            ? OptionalLong.of(options.longInteger("steps"))
            : OptionalLong.empty());
  }

  private static List<String> sensors(Options options) {
    List<String> names = options.strings("sensors");
    return names.isEmpty()
        ? IntStream.rangeClosed(1, options.integer("count")).mapToObj(i -> "sensor-" + i).toList()
        : List.copyOf(new LinkedHashSet<>(names));
  }
}
