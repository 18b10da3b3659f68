package dev.sluice.broker.group;

import dev.sluice.broker.metadata.MetadataState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the coordinator up to date about topics and the settings of groups, and has it forget the
 * offsets of topics that are gone. One virtual thread does so, from state to state: what changes
 * while it is busy is one step. Thread-safe.
 */
final class MetadataFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MetadataFollower.class);

  private final GroupCoordinator coordinator;
  private final Supplier<MetadataState> states;
  private final TopicFeed feed = new TopicFeed();

  /** Those that the coordinator knows; used by the thread alone. */
  private Map<String, Map<String, String>> settings = Map.of();

  private volatile boolean isClosed;
  private final AtomicBoolean isQueued = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("groups-metadata").factory());

  MetadataFollower(GroupCoordinator coordinator, Supplier<MetadataState> states) {
    this.coordinator = coordinator;
    this.states = states;
  }

  /** Tells the coordinator what there is; it knows when this returns. */
  void begin() {
    CompletableFuture.runAsync(this::follow, thread).join();
  }

  /** There is something new. Quick, and never throws. */
  void changed() {
    if (isQueued.compareAndSet(false, true)) {
      try {
        thread.execute(this::follow);
      } catch (RejectedExecutionException closed) {
        LOG.debug("Topics have changed while the groups are closed");
      }
    }
  }

  private void follow() {
    isQueued.set(false);
    try {
      MetadataState state = states.get();
      configure(state.groupSettings());
      TopicFeed.Step step = feed.advance(state);
      coordinator.onNewMetadataImage(step.image(), step.delta());
      forget(step.deleted());
    } catch (RuntimeException failure) {
      if (isClosed) {
        LOG.debug("The groups were closed before they were told of changed topics", failure);
        return;
      }
      LOG.warn("The groups could not be told of changed topics", failure);
    }
  }

  private void configure(Map<String, Map<String, String>> newSettings) {
    Set<String> changed = new HashSet<>(settings.keySet());
    changed.addAll(newSettings.keySet());
    for (String group : changed) {
      Map<String, String> wanted = newSettings.getOrDefault(group, Map.of());
      if (!wanted.equals(settings.getOrDefault(group, Map.of()))) {
        Properties properties = new Properties();
        properties.putAll(wanted);
        coordinator.updateGroupConfig(group, properties);
      }
    }
    settings = newSettings;
  }

  /** Has the coordinator delete the offsets of partitions that are gone. */
  void forget(List<TopicPartition> deleted) {
    if (deleted.isEmpty()) {
      return;
    }
    try {
      coordinator.onPartitionsDeleted(deleted, BufferSupplier.NO_CACHING);
    } catch (ExecutionException failure) {
      if (isClosed) {
        LOG.debug("The groups were closed before they forgot {}; the next start does", deleted);
        return;
      }
      LOG.warn("The offsets of {} stay until the next start", deleted, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    var unstarted = thread.shutdownNow();
  }
}
