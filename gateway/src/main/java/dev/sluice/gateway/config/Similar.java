package dev.sluice.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Guesses what was meant. */
final class Similar {

  private static final DamerauLevenshteinDistance DISTANCE = new DamerauLevenshteinDistance();
  private static final int MAX_LISTED = 20;

  private Similar() {}

  /** The known name nearest to what was written, if one is near. */
  static Optional<String> to(String written, Collection<String> known) {
    return new TreeSet<>(known)
        .stream()
            .filter(name -> distance(written, name) <= allowed(written))
            .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  static String list(Collection<String> names) {
    TreeSet<String> sorted = new TreeSet<>(names);
    String listed = String.join(", ", sorted.stream().limit(MAX_LISTED).toList());
    return sorted.size() > MAX_LISTED ? listed + ", ..." : listed;
  }

  private static int allowed(String written) {
    return Math.clamp(written.length() / 3, 1, 3);
  }

  private static int distance(String one, String other) {
    return DISTANCE.apply(plain(one), plain(other));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }
}
