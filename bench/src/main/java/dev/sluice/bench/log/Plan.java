package dev.sluice.bench.log;

import java.util.Arrays;
import java.util.List;

/**
 * How much to measure: {@code --short} for a look, nothing for a fair one, {@code --full} for the
 * figures that are published.
 *
 * @param rounds in each of which both engines take their turn
 * @param iterationMillis of a JMH iteration; there is one to warm up and one to measure per round
 * @param readMegabytes what is stored for reads
 * @param recoveryMegabytes what is recovered
 * @param diskMegabytes what is written against the disk's own speed
 * @param flatMegabytes the larger of the two amounts between which costs should not differ
 */
record Plan(
    int rounds,
    int iterationMillis,
    int readMegabytes,
    int recoveryMegabytes,
    int diskMegabytes,
    int flatMegabytes) {

  private static final Plan SHORT = new Plan(3, 400, 256, 1024, 1024, 4 * 1024);
  private static final Plan USUAL = new Plan(5, 1000, 512, 1024, 2 * 1024, 10 * 1024);
  private static final Plan FULL = new Plan(5, 2000, 2 * 1024, 10 * 1024, 4 * 1024, 40 * 1024);

  static Plan of(String... arguments) {
    List<String> flags = Arrays.asList(arguments);
    return flags.contains("--full") ? FULL : flags.contains("--short") ? SHORT : USUAL;
  }
}
