package dev.sluice.gateway.rest.manage;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The entity tags that If-Match names (RFC 9110, 13.1.1), compared strongly: weak ones are none.
 *
 * @param tags without their quotes
 */
record EntityTags(Set<String> tags) {

  private static final String ANY = "*";

  /** Our own hold no comma. */
  static EntityTags of(String header) {
    return new EntityTags(
        Arrays.stream(header.split(",", -1))
            .map(String::strip)
            .filter(tag -> !tag.startsWith("W/"))
            .map(tag -> tag.replace("\"", ""))
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean contains(String tag) {
    return tags.contains(ANY) || tags.contains(tag);
  }
}
