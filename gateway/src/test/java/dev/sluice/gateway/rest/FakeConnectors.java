package dev.sluice.gateway.rest;

import dev.sluice.connector.SourcePosition;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.config.Delivery;
import dev.sluice.gateway.connect.CaptureView;
import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.ConnectorView.TaskView;
import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.connect.PastError;
import dev.sluice.gateway.connect.PositionsElsewhereException;
import dev.sluice.gateway.connect.TargetState;
import dev.sluice.gateway.connect.TaskState;
import dev.sluice.gateway.log.TopicPartition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connectors that only remember; wishes come true at once. Guarded by its monitor. */
public class FakeConnectors implements Connectors {

  private final TreeMap<String, ConnectorView> views = new TreeMap<>();
  private final Map<String, List<SourcePosition>> sourcePositions = new TreeMap<>();
  private final Map<String, Map<TopicPartition, Long>> sinkPositions = new TreeMap<>();
  private final Map<String, List<PastError>> errors = new TreeMap<>();
  private final Set<String> applied = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, CaptureView> captures = new TreeMap<>();
  private @Nullable RuntimeException snapshotFailure;

  public synchronized void put(ConnectorView view) {
    views.put(view.spec().name(), view);
  }

  public synchronized void clear() {
    views.clear();
    sourcePositions.clear();
    sinkPositions.clear();
    errors.clear();
    calls.clear();
    captures.clear();
    snapshotFailure = null;
  }

  /** What was asked for, in order. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized List<ConnectorView> list() {
    return List.copyOf(views.values());
  }

  @Override
  public synchronized Optional<ConnectorView> find(String name) {
    return Optional.ofNullable(views.get(name));
  }

  @Override
  public synchronized Optional<ConnectorSpec> spec(String name) {
    return Optional.ofNullable(views.get(name)).map(ConnectorView::spec);
  }

  @Override
  public synchronized List<PastError> errors(String name) {
    return errors.getOrDefault(name, List.of());
  }

  /** What has gone wrong with a connector, the latest first. */
  public synchronized void putErrors(String name, List<PastError> past) {
    errors.put(name, past);
  }

  @Override
  public synchronized void apply(Map<String, ConnectorSpec> specs) {
    views.keySet().removeIf(name -> applied.contains(name) && !specs.containsKey(name));
    specs.values().forEach(spec -> put(Views.running(spec)));
    applied.clear();
    applied.addAll(specs.keySet());
  }

  @Override
  public synchronized void setTarget(String name, TargetState target) {
    ConnectorView view = require(name);
    TaskState state =
        switch (target) {
          case STARTED -> TaskState.RUNNING;
          case PAUSED -> TaskState.PAUSED;
          case STOPPED -> TaskState.STOPPED;
        };
    put(
        new ConnectorView(
            view.spec(),
            target,
            state,
            view.tasks().stream().map(task -> inState(task, state)).toList(),
            view.topics(),
            view.written()));
    calls.add("target " + name + " " + target);
  }

  private static TaskView inState(TaskView task, TaskState state) {
    return new TaskView(
        task.number(),
        state,
        task.since(),
        null,
        task.records(),
        task.bytes(),
        task.rejected(),
        task.failures(),
        task.restarts(),
        task.lag());
  }

  @Override
  public synchronized void restart(String name, boolean onlyFailed) {
    require(name);
    calls.add("restart " + name + (onlyFailed ? " only failed" : ""));
  }

  @Override
  public synchronized void restartTask(String name, int task) {
    require(name);
    calls.add("restart " + name + " task " + task);
  }

  /** What a connector's capture is, from now on. */
  public synchronized void putCapture(String name, CaptureView capture) {
    captures.put(name, capture);
  }

  /** What the next request for a snapshot fails with. */
  public synchronized void failSnapshots(RuntimeException failure) {
    snapshotFailure = failure;
  }

  @Override
  public synchronized Optional<CaptureView> capture(String name) {
    return Optional.ofNullable(captures.get(name));
  }

  @Override
  public synchronized void requestSnapshot(String name, List<String> tables) {
    if (snapshotFailure != null) {
      throw snapshotFailure;
    }
    calls.add("snapshot " + name + " " + tables);
  }

  @Override
  public synchronized List<SourcePosition> sourcePositions(String name) {
    return sourcePositions.getOrDefault(name, List.of());
  }

  @Override
  public synchronized Map<TopicPartition, Long> sinkPositions(String name) {
    return sinkPositions.getOrDefault(name, Map.of());
  }

  @Override
  public synchronized void alterSourcePositions(String name, List<SourcePosition> positions) {
    requireStopped(name);
    List<SourcePosition> kept =
        sourcePositions(name).stream()
            .filter(old -> positions.stream().noneMatch(p -> p.partition().equals(old.partition())))
            .toList();
    sourcePositions.put(
        name,
        Stream.concat(kept.stream(), positions.stream().filter(p -> p.offset() != null)).toList());
  }

  @Override
  public synchronized void alterSinkPositions(String name, Map<TopicPartition, Long> positions) {
    requirePositionsHere(name);
    requireStopped(name);
    Map<TopicPartition, Long> merged = new TreeMap<>(sinkPositions(name));
    merged.putAll(positions);
    sinkPositions.put(name, merged);
  }

  @Override
  public synchronized void resetPositions(String name) {
    requirePositionsHere(name);
    requireStopped(name);
    sourcePositions.remove(name);
    sinkPositions.remove(name);
  }

  private void requirePositionsHere(String name) {
    ConnectorSpec spec = require(name).spec();
    if (spec.kind() == ConnectorSpec.Kind.SINK && spec.delivery() == Delivery.EXACTLY_ONCE) {
      throw new PositionsElsewhereException("The sink '" + name + "' delivers exactly once.");
    }
  }

  private void requireStopped(String name) {
    if (require(name).state() != TaskState.STOPPED) {
      throw new IllegalStateException("The connector '" + name + "' has not stopped.");
    }
  }

  private ConnectorView require(String name) {
    return find(name).orElseThrow(() -> new NoSuchElementException(name));
  }
}
