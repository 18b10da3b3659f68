package dev.sluice.gateway.connect;

import dev.sluice.connector.ChangeCapture;
import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.ConnectorTypes;
import dev.sluice.gateway.config.Delivery;
import dev.sluice.gateway.connect.state.PositionStore;
import dev.sluice.gateway.connect.value.Values;
import dev.sluice.gateway.connect.work.Job;
import dev.sluice.gateway.connect.work.LogPorts;
import dev.sluice.gateway.events.MovedPositions;
import dev.sluice.gateway.events.MovedPositions.Move;
import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtime: all connectors of this process. Every connector has a supervising thread and every
 * task a thread of its own; nothing here waits for connector code.
 */
public final class ConnectRuntime implements Connectors, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectRuntime.class);

  private final Workers workers;
  private final LogPorts log;
  private final PositionStore positions;
  private final TargetStates targets;
  private final ConcurrentNavigableMap<String, ManagedConnector> connectors =
      new ConcurrentSkipListMap<>();

  /** Serialises changes of the set of connectors and of target states. */
  private final ReentrantLock changes = new ReentrantLock();

  private ConnectRuntime(Workers workers, TargetStates targets) {
    this.workers = workers;
    this.log = workers.log();
    this.positions = workers.positions();
    this.targets = targets;
  }

  /**
   * Opens the runtime: ends transactions that an earlier process left half done, reads positions
   * and target states from the log, starts nothing yet.
   *
   * @throws LogException if the internal topics can be neither created nor read
   */
  public static ConnectRuntime open(ConnectorTypes types, LogPorts log, Surroundings surroundings) {
    uninterrupted(() -> settleTransactions(log.transactions()));
    PositionStore positions = PositionStore.open(log.topics(), log.records(), surroundings.clock());
    TargetStates targets = TargetStates.open(log.topics(), log.records(), surroundings.clock());
    return new ConnectRuntime(new Workers(types, log, positions, surroundings), targets);
  }

  /** Who can't be settled now is when its task starts; positions that it hides are waited for. */
  private static void settleTransactions(Transactions transactions) throws InterruptedException {
    try {
      transactions.settle(Transactions.CONNECTOR_PREFIX);
    } catch (LogException e) {
      LOG.warn("Transactions of an earlier process can't be ended now: {}", e.getMessage());
    }
  }

  @Override
  public List<ConnectorView> list() {
    return connectors.values().stream().flatMap(c -> c.view().stream()).toList();
  }

  @Override
  public Optional<ConnectorView> find(String name) {
    return Optional.ofNullable(connectors.get(name)).flatMap(ManagedConnector::view);
  }

  @Override
  public Optional<ConnectorSpec> spec(String name) {
    return Optional.ofNullable(connectors.get(name)).flatMap(ManagedConnector::spec);
  }

  @Override
  public List<PastError> errors(String name) {
    return existing(name).errors();
  }

  @Override
  public void apply(Map<String, ConnectorSpec> specs) {
    changes.lock();
    try {
      for (ManagedConnector connector : connectors.values()) {
        connector
            .spec()
            .filter(spec -> !specs.containsKey(spec.name()))
            .ifPresent(spec -> remove(spec.name(), connector));
      }
      specs.values().forEach(this::apply);
    } finally {
      changes.unlock();
    }
  }

  private void remove(String name, ManagedConnector connector) {
    // It stays until its tasks have ended: who comes back under this name waits for them.
    boolean unused = connector.wishes().setSpec(null, TargetState.STARTED);
    try {
      forgetTarget(name);
    } catch (LogException e) {
      LOG.warn("Cannot forget the target state of '{}': {}", name, e.getMessage());
    }
  }

  private void forgetTarget(String name) {
    uninterrupted(() -> targets.set(name, TargetState.STARTED));
  }

  private void apply(ConnectorSpec spec) {
    ManagedConnector known = connectors.get(spec.name());
    if (known != null && known.spec().equals(Optional.of(spec))) {
      return;
    }
    TargetState target = targets.of(spec.name());
    if (known == null || !known.wishes().setSpec(spec, target)) {
      ManagedConnector added = new ManagedConnector(spec, target, workers, this::forget);
      connectors.put(spec.name(), added);
      added.start();
    }
  }

  /** Another may have its name already, whose meters go on. */
  private void forget(ManagedConnector ended) {
    if (connectors.remove(ended.name(), ended)) {
      workers.surroundings().metrics().forget(ended.name());
    }
  }

  @Override
  public void setTarget(String name, TargetState target) {
    changes.lock();
    try {
      ManagedConnector connector = existing(name);
      uninterrupted(() -> targets.set(name, target));
      connector.wishes().setTarget(target);
    } finally {
      changes.unlock();
    }
  }

  @Override
  public void restart(String name, boolean onlyFailed) {
    ManagedConnector connector = existing(name);
    int tasks = connector.spec().map(ConnectorSpec::tasks).orElse(0);
    connector
        .wishes()
        .restart(onlyFailed ? connector.failedTasks() : IntStream.range(0, tasks).boxed().toList());
  }

  @Override
  public void restartTask(String name, int task) {
    ManagedConnector connector = existing(name);
    int tasks = connector.spec().map(ConnectorSpec::tasks).orElse(0);
    if (task < 0 || task >= tasks) {
      throw new NoSuchElementException("The connector '" + name + "' has no task " + task + ".");
    }
    connector.wishes().restart(List.of(task));
  }

  @Override
  public Optional<CaptureView> capture(String name) {
    return Optional.ofNullable(connectors.get(name))
        .flatMap(connector -> connector.view().flatMap(view -> capture(connector, view)));
  }

  private Optional<CaptureView> capture(ManagedConnector connector, ConnectorView view) {
    return workers.captures(view.spec())
        ? Optional.of(
            new CaptureView(
                view.target(),
                view.state(),
                connector.captures().stream().findFirst().map(ChangeCapture::state)))
        : Optional.empty();
  }

  @Override
  public void requestSnapshot(String name, List<String> tables) throws InterruptedException {
    ManagedConnector connector = existing(name);
    TaskState state = connector.view().map(ConnectorView::state).orElse(TaskState.STOPPED);
    Optional<ChangeCapture> capture = connector.captures().stream().findFirst();
    if (state != TaskState.RUNNING || capture.isEmpty()) {
      throw new IllegalStateException(
          "The connector '%s' does not run (%s), so it can't be asked for a snapshot."
              .formatted(name, state));
    }
    capture.get().requestSnapshot(tables);
    report(
        "connector.snapshot",
        name,
        "A snapshot of " + String.join(", ", tables) + " was asked for.");
  }

  @Override
  public List<SourcePosition> sourcePositions(String name) {
    var unused = existing(name);
    return positions.positions(name);
  }

  @Override
  public Map<TopicPartition, Long> sinkPositions(String name) {
    var unused = existing(name);
    return log.groups().committed(Job.group(name));
  }

  @Override
  public void alterSourcePositions(String name, List<SourcePosition> changed) {
    whileStopped(
        name,
        () -> {
          positions.settle();
          Map<String, SourcePosition> before = byPartition(positions.positions(name));
          positions.store(name, changed);
          reportChange(
              name,
              MovedPositions.text(
                  byPartition(changed).entrySet().stream()
                      .map(to -> move(before.get(to.getKey()), to.getValue()))
                      .toList()));
        });
  }

  @Override
  public void alterSinkPositions(String name, Map<TopicPartition, Long> changed) {
    checkPositionsAreOurs(existing(name));
    whileStopped(
        name,
        () -> {
          Map<TopicPartition, Long> before = log.groups().committed(Job.group(name));
          log.groups().commit(Job.group(name), changed);
          reportChange(name, MovedPositions.text(before, changed));
        });
  }

  private void reportChange(String name, String moves) {
    report("connector.offsets-changed", name, "Its positions were changed: " + moves + ".");
  }

  @Override
  public void resetPositions(String name) {
    ManagedConnector connector = existing(name);
    boolean source =
        connector.spec().map(spec -> spec.kind() == ConnectorSpec.Kind.SOURCE).orElse(false);
    checkPositionsAreOurs(connector);
    whileStopped(
        name,
        () -> {
          List<Move> moves = source ? forgetSource(name) : forgetGroup(name);
          report(
              "connector.offsets-reset",
              name,
              moves.isEmpty()
                  ? "Its positions were reset; it had none."
                  : "Its positions were reset: " + MovedPositions.text(moves) + ".");
        });
  }

  private List<Move> forgetSource(String name) throws InterruptedException {
    positions.settle();
    List<Move> moves =
        positions.positions(name).stream()
            .map(was -> move(was, new SourcePosition(was.partition(), null)))
            .toList();
    positions.forget(name);
    return moves;
  }

  private List<Move> forgetGroup(String name) {
    if (!log.groups().list().contains(Job.group(name))) {
      return List.of();
    }
    List<Move> moves =
        new TreeMap<>(log.groups().committed(Job.group(name)))
            .entrySet().stream()
                .map(was -> new Move(was.getKey().toString(), was.getValue().toString(), null))
                .toList();
    log.groups().delete(Job.group(name));
    return moves;
  }

  /** Of several for one partition the last, which is the one that counts. */
  private static Map<String, SourcePosition> byPartition(List<SourcePosition> positions) {
    Map<String, SourcePosition> byPartition = new LinkedHashMap<>();
    positions.forEach(position -> byPartition.put(json(position.partition()), position));
    return byPartition;
  }

  private static Move move(@Nullable SourcePosition from, SourcePosition to) {
    return new Move(
        json(to.partition()),
        from == null || from.offset() == null ? null : json(from.offset()),
        to.offset() == null ? null : json(to.offset()));
  }

  private static String json(Map<String, Object> map) {
    return new String(Values.canonicalJson(map), StandardCharsets.UTF_8);
  }

  /** Reports what the calling thread does for someone. */
  private void report(String type, String name, String message) {
    Surroundings surroundings = workers.surroundings();
    surroundings.publish(type, name, message, surroundings.events().actor());
  }

  /** Under exactly once a sink's own positions count, and those of the group are for show. */
  private static void checkPositionsAreOurs(ManagedConnector connector) {
    connector
        .spec()
        .filter(spec -> spec.kind() == ConnectorSpec.Kind.SINK)
        .filter(spec -> spec.delivery() == Delivery.EXACTLY_ONCE)
        .ifPresent(
            spec -> {
              throw new PositionsElsewhereException(
                  "The sink '%s' delivers exactly once, so its target keeps the positions."
                      .formatted(spec.name()));
            });
  }

  private void whileStopped(String name, Wishes.InterruptibleAction action) {
    ManagedConnector connector = existing(name);
    uninterrupted(() -> connector.wishes().whileStopped(action));
  }

  private ManagedConnector existing(String name) {
    ManagedConnector connector = connectors.get(name);
    if (connector == null || connector.spec().isEmpty()) {
      throw new NoSuchElementException("There is no connector '" + name + "'.");
    }
    return connector;
  }

  private static void uninterrupted(Wishes.InterruptibleAction action) {
    try {
      action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException(LogException.Code.CLOSED, "Interrupted while writing to the log.", e);
    }
  }

  /** Stops all tasks, each within the stop timeout, and keeps what is wanted of them. */
  @Override
  public void close() {
    connectors.values().forEach(connector -> connector.wishes().close());
    Duration limit = workers.surroundings().stopTimeout().multipliedBy(3);
    for (ManagedConnector connector : connectors.values()) {
      uninterrupted(
          () -> {
            if (!connector.awaitClosed(limit)) {
              LOG.warn("A connector did not stop in time; the process goes on without it.");
            }
          });
    }
  }
}
