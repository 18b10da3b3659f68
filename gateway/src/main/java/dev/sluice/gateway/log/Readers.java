package dev.sluice.gateway.log;

import java.util.List;
import java.util.TreeSet;

/**
 * The consumer groups that have to read a record before it may go.
 *
 * @param groups their names, sorted; empty means every group that has ever read the topic, and
 *     every sink and rule that is to
 */
public record Readers(List<String> groups) {

  /** Every reader. */
  public static final Readers ALL = new Readers(List.of());

  public Readers {
    groups = List.copyOf(new TreeSet<>(groups));
  }

  public boolean isAll() {
    return groups.isEmpty();
  }
}
