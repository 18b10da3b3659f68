package dev.sluice.gateway.boot;

import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.log.Groups;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sinks and rules that are to run. Their topics wait for them from the moment they are
 * declared, before they have committed anything. Thread-safe.
 */
@Singleton
final class DeclaredReaders {

  private volatile List<ConnectorSpec> connectors = List.of();

  /** These take the place of those before; to be told before they are started. */
  void declare(Collection<ConnectorSpec> specs) {
    connectors = List.copyOf(specs);
  }

  /** The groups of those that read a topic. */
  Set<String> groupsOf(String topic) {
    return connectors.stream()
        .filter(spec -> spec.topics().contains(topic))
        .map(spec -> Groups.ofConnector(spec.name()))
        .collect(Collectors.toSet());
  }
}
