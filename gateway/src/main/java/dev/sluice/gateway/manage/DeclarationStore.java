package dev.sluice.gateway.manage;

import dev.sluice.gateway.config.DraftResult;
import dev.sluice.gateway.config.SecretValues;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.PrivateFiles;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was declared over HTTP, as it is kept: the declarations in a topic, their secrets in files.
 * What changes is durable when a method returns. Not thread-safe; {@link ConnectorManager} guards
 * it.
 */
final class DeclarationStore {

  private static final Logger LOG = LoggerFactory.getLogger(DeclarationStore.class);

  private final ConnectorConfigs configs;
  private final SecretStore secrets;

  /**
   * Names whose last change could not be appended, as it seems; it may be stored nevertheless. So
   * nothing is taken for stored, or gone, under them before another append has succeeded.
   */
  private final Set<String> unsure = new HashSet<>();

  private DeclarationStore(ConnectorConfigs configs, SecretStore secrets) {
    this.configs = configs;
    this.secrets = secrets;
  }

  /**
   * Reads what was stored earlier.
   *
   * @param files where secrets are kept
   * @throws LogException if the topic of declarations can be neither created nor read
   */
  static DeclarationStore open(Topics topics, Records records, PrivateFiles files, Clock clock) {
    return new DeclarationStore(
        ConnectorConfigs.open(topics, records, clock), new SecretStore(files));
  }

  /** All of them by name. */
  SortedMap<String, Declaration> all() {
    return configs.all();
  }

  Optional<Declaration> find(String name) {
    return configs.find(name);
  }

  int count() {
    return configs.count();
  }

  /**
   * The secrets of a stored declaration.
   *
   * @throws LogException if they can't be read; {@code INTERNAL} if they are damaged
   */
  SecretValues secrets(String name, Declaration declaration) {
    return secrets.of(name, declaration.generation());
  }

  /** The secrets of the stored declaration of this name; none if they are damaged. */
  SecretValues kept(String name) {
    long generation = generation(name);
    try {
      return secrets.of(name, generation);
    } catch (LogException e) {
      if (e.code() != LogException.Code.INTERNAL) {
        throw e;
      }
      return SecretValues.NONE;
    }
  }

  private long generation(String name) {
    return configs.find(name).map(Declaration::generation).orElse(0L);
  }

  /** Whether this is what is stored, as far as can be told, secrets and all. */
  boolean holds(String name, DraftResult.Valid valid) {
    return configs.find(name).filter(each -> each.spec().equals(valid.written())).isPresent()
        && kept(name).equals(valid.secrets());
  }

  /** Whether something else may be stored under a name than what can be told. */
  boolean isUnsure(String name) {
    return unsure.contains(name);
  }

  /** Stores a declaration; see SECRETS-BEFORE-DECLARATION in {@link SecretStore}. */
  void put(String name, DraftResult.Valid valid) {
    long generation = secrets.add(name, valid.secrets(), generation(name));
    append(name, () -> configs.put(name, new Declaration(valid.written(), generation)));
    tidily(name, () -> secrets.keepOnly(name, generation));
  }

  /** Forgets a declaration, with its secrets. */
  void forget(String name) {
    append(name, () -> configs.forget(name));
    tidily(name, () -> secrets.forget(name));
  }

  private void append(String name, Runnable append) {
    unsure.add(name);
    append.run();
    unsure.remove(name);
  }

  /** Forgets secrets that a crash has left behind: they belong to nobody. */
  void tidy() {
    Map<String, Declaration> all = configs.all();
    tidily("connectors that are gone", () -> secrets.keepOnly(all.keySet()));
    all.forEach((name, each) -> tidily(name, () -> secrets.keepOnly(name, each.generation())));
  }

  /** What is superfluous does no harm, and goes at the next change or start. */
  private static void tidily(String name, Runnable removal) {
    try {
      removal.run();
    } catch (LogException e) {
      LOG.warn("Superfluous secrets of {} can't be removed now: {}", name, e.getMessage());
    }
  }
}
