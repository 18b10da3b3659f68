package dev.sluice.gateway.manage;

import dev.sluice.gateway.config.Drafts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the files held that the references of connectors name, when these were resolved. Not
 * thread-safe; {@link ConnectorManager} guards it.
 */
final class ReferencedFiles {

  private final Map<String, Map<Path, String>> resolved = new TreeMap<>();
  private Map<Path, String> seen = Map.of();

  void put(String connector, Map<Path, String> files) {
    resolved.put(connector, files);
  }

  void retain(Set<String> connectors) {
    resolved.keySet().retainAll(connectors);
  }

  /**
   * Looks at the files.
   *
   * @return connectors of which a file holds something else than when they were resolved, and the
   *     same as at the last look: so none is read while it is being written
   */
  Set<String> changed() {
    Map<Path, String> now = new HashMap<>();
    resolved.values().stream()
        .flatMap(files -> files.keySet().stream())
        .forEach(file -> now.computeIfAbsent(file, Drafts::digest));
    Map<Path, String> before = seen;
    seen = now;
    return resolved.entrySet().stream()
        .filter(entry -> isChanged(entry.getValue(), now, before))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isChanged(
      Map<Path, String> files, Map<Path, String> now, Map<Path, String> before) {
    return files.entrySet().stream()
        .anyMatch(
            file -> {
              String digest = now.get(file.getKey());
              return !file.getValue().equals(digest)
                  && digest != null
                  && digest.equals(before.get(file.getKey()));
            });
  }
}
