package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.rest.status.Attention.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What needs someone, as much as a person can look at: one database that is down may fail hundreds
 * of connectors, and they all say the same.
 *
 * @param listed the worst first
 * @param omitted of kinds of which there are more, how many, in the order of the list
 */
record AttentionList(List<Attention> listed, List<Omitted> omitted) {

  /** So many of a kind are listed. */
  static final int MAX_OF_A_KIND = 20;

  /** How many more of a kind there are. */
  @Schema(name = "OmittedAttention", description = "How many more of a kind need someone.")
  record Omitted(Kind kind, @Schema(description = "At least 1.", examples = "180") int count) {}

  /** The first ones of each kind. */
  static AttentionList of(List<Attention> worstFirst) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    List<Attention> listed = new ArrayList<>();
    for (Attention attention : worstFirst) {
      if (counts.merge(attention.kind(), 1, Integer::sum) <= MAX_OF_A_KIND) {
        listed.add(attention);
      }
    }
    List<Omitted> omitted = new ArrayList<>();
    counts.forEach(
        (kind, count) -> {
          if (count > MAX_OF_A_KIND) {
            omitted.add(new Omitted(kind, count - MAX_OF_A_KIND));
          }
        });
    return new AttentionList(List.copyOf(listed), List.copyOf(omitted));
  }
}
