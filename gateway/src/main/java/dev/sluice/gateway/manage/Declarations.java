package dev.sluice.gateway.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorSpec.Fault;
import dev.sluice.gateway.config.DraftResult;
import dev.sluice.gateway.config.Drafts;
import dev.sluice.gateway.config.Neighbours;
import dev.sluice.gateway.config.SecretValues;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves the declarations that were made over HTTP, among those of the file: each by itself, so
 * that one that can't be used harms no other. Not thread-safe; {@link ConnectorManager} guards it.
 */
final class Declarations {

  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  private final Drafts drafts;
  private final DeclarationStore store;
  private final Topics topics;
  private final ReferencedFiles files = new ReferencedFiles();

  Declarations(Drafts drafts, DeclarationStore store, Topics topics) {
    this.drafts = drafts;
    this.store = store;
    this.topics = topics;
  }

  /**
   * Resolves declarations, as far as they can be.
   *
   * @param which those of these names that the file does not declare itself
   */
  Map<String, ConnectorSpec> resolve(FileDeclares file, Predicate<String> which) {
    Map<String, Declaration> declared = new TreeMap<>(store.all());
    declared.keySet().removeAll(file.connectors().keySet());
    files.retain(declared.keySet());
    declared.keySet().removeIf(which.negate());
    Map<String, ConnectorSpec> resolved = new TreeMap<>();
    if (!declared.isEmpty()) {
      Neighbours neighbours = neighbours(file);
      declared.forEach((name, each) -> resolved.put(name, resolve(name, each, neighbours)));
    }
    return resolved;
  }

  private ConnectorSpec resolve(String name, Declaration declaration, Neighbours neighbours) {
    SecretValues kept;
    try {
      kept = store.secrets(name, declaration);
    } catch (LogException unreadable) {
      LOG.error("The secrets of '{}' can't be read: {}", name, unreadable.getMessage());
      return drafts.unusable(
          name,
          declaration.spec(),
          new Fault("Its secrets can't be read.", "Give them again, by changing the connector."));
    }
    DraftResult result = drafts.check(name, declaration.spec(), kept, neighbours);
    files.put(name, result.files());
    return switch (result) {
      case DraftResult.Valid valid -> valid.spec();
      case DraftResult.Invalid invalid -> {
        LOG.warn("The connector '{}', made over HTTP, can't run: {}", name, why(invalid.spec()));
        yield invalid.spec();
      }
    };
  }

  private static String why(ConnectorSpec spec) {
    Fault fault = spec.fault();
    return fault == null ? "" : fault.message();
  }

  /** Checks a declaration, among all others, as a change of the one that is stored, if any is. */
  DraftResult check(String name, JsonNode declared, FileDeclares file) {
    return drafts.check(name, declared, store.kept(name), neighbours(file));
  }

  /** Checks what a connector of the file would be declared as instead, among all others. */
  DraftResult checkChange(ConnectorSpec ofFile, JsonNode declared, FileDeclares file) {
    return drafts.checkChange(ofFile, declared, neighbours(file));
  }

  /** Takes a declaration for the one that runs from now on. */
  void taken(String name, DraftResult.Valid valid) {
    files.put(name, valid.files());
  }

  /** Names of connectors whose references lead to something else than when they were resolved. */
  Set<String> changedOutside() {
    return files.changed();
  }

  private Neighbours neighbours(FileDeclares file) {
    Set<String> names = new HashSet<>(file.topics());
    Set<String> compacted = new HashSet<>();
    for (TopicDescription topic : topics.list()) {
      names.add(topic.name());
      if (topic.settings().compaction() != null) {
        compacted.add(topic.name());
      }
    }
    Map<String, ConnectorSpec> others = new TreeMap<>(file.connectors());
    store
        .all()
        .forEach((name, each) -> others.putIfAbsent(name, drafts.outline(name, each.spec())));
    return Neighbours.of(names, compacted, others.values());
  }
}
