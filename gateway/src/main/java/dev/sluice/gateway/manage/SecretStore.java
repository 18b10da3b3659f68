package dev.sluice.gateway.manage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.gateway.config.SecretValues;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.PrivateFiles;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of connectors that were made over HTTP: a private file for each connector, with a
 * JSON object of secrets for each generation of its declaration.
 *
 * <p>Invariant SECRETS-BEFORE-DECLARATION: a declaration is stored only after its secrets are
 * durable, under a generation that no declaration has had, and what earlier ones need goes only
 * once the declaration is durable. So whichever declaration a crash leaves, it finds the secrets
 * that were given with it: a new password never meets an old address.
 *
 * <p>Thread-safe; one connector is changed by one thread at a time.
 */
final class SecretStore {

  private static final Logger LOG = LoggerFactory.getLogger(SecretStore.class);

  private static final String SUFFIX = ".secrets";
  private static final JsonMapper JSON = new JsonMapper();

  private final PrivateFiles files;

  SecretStore(PrivateFiles files) {
    this.files = files;
  }

  /**
   * The secrets of one generation.
   *
   * @throws LogException if they can't be read; {@code INTERNAL} if they are damaged
   */
  SecretValues of(String connector, long generation) {
    Map<String, String> values = generation == 0 ? null : read(connector).get(generation);
    return values == null ? SecretValues.NONE : new SecretValues(values);
  }

  /**
   * Adds secrets beside those that are kept; durable when this returns.
   *
   * @return their generation; 0 if there are none to keep
   */
  long add(String connector, SecretValues secrets, long latest) {
    if (secrets.byName().isEmpty()) {
      return 0;
    }
    SortedMap<Long, Map<String, String>> all = readable(connector);
    long generation = 1 + Math.max(latest, all.isEmpty() ? 0 : all.lastKey());
    all.put(generation, secrets.byName());
    write(connector, all);
    return generation;
  }

  /** Forgets all generations but one; durable when this returns. */
  void keepOnly(String connector, long generation) {
    SortedMap<Long, Map<String, String>> all = read(connector);
    if (all.keySet().retainAll(Set.of(generation))) {
      write(connector, all);
    }
  }

  /** Forgets all that is kept for a connector; durable when this returns. */
  void forget(String connector) {
    files.delete(connector + SUFFIX);
  }

  /**
   * Forgets what belongs to connectors that are not there, and what was never stored as a whole.
   */
  void keepOnly(Collection<String> connectors) {
    files.tidy();
    for (String file : files.names()) {
      boolean isOurs = file.endsWith(SUFFIX);
      String connector = isOurs ? file.substring(0, file.length() - SUFFIX.length()) : "";
      if (isOurs && !connectors.contains(connector)) {
        files.delete(file);
      }
    }
  }

  /** What is damaged can't be mended but by secrets that are given anew. */
  private SortedMap<Long, Map<String, String>> readable(String connector) {
    try {
      return read(connector);
    } catch (LogException e) {
      if (e.code() != LogException.Code.INTERNAL) {
        throw e;
      }
      LOG.error("What was kept of the secrets of '{}' is lost: {}", connector, e.getMessage());
      return new TreeMap<>();
    }
  }

  private SortedMap<Long, Map<String, String>> read(String connector) {
    byte[] json = files.read(connector + SUFFIX).orElse(null);
    if (json == null) {
      return new TreeMap<>();
    }
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<Long, Map<String, String>>>() {});
    } catch (IOException broken) {
      // The parser's own message may quote what it read.
      throw new LogException(
          LogException.Code.INTERNAL, "The secrets of '" + connector + "' are no JSON object.");
    }
  }

  private void write(String connector, SortedMap<Long, Map<String, String>> all) {
    if (all.isEmpty()) {
      files.delete(connector + SUFFIX);
      return;
    }
    try {
      files.write(connector + SUFFIX, JSON.writeValueAsBytes(all));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Secrets can't be written as JSON");
    }
  }
}
