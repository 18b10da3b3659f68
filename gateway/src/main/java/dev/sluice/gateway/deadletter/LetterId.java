package dev.sluice.gateway.deadletter;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A letter's place in its topic, written {@code 0:12}.
 *
 * @param partition its partition
 * @param offset its offset
 */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {

  private static final Pattern FORM = Pattern.compile("[0-9]{1,5}:[0-9]{1,18}");

  private static final Comparator<LetterId> ORDER =
      Comparator.comparingInt(LetterId::partition).thenComparingLong(LetterId::offset);

  /** Reads the written form; empty if the text is something else. */
  public static Optional<LetterId> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    return Optional.of(
        new LetterId(
            Integer.parseInt(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1))));
  }

  @Override
  public int compareTo(LetterId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
