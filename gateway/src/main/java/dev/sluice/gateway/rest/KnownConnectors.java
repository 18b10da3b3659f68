package dev.sluice.gateway.rest;

import dev.sluice.gateway.connect.ConnectorView;
import dev.sluice.gateway.connect.Connectors;
import jakarta.inject.Singleton;

/** Looks connectors up for requests, so that every unknown one is answered alike. Thread-safe. */
@Singleton
public final class KnownConnectors {

  private final Connectors connectors;

  KnownConnectors(Connectors connectors) {
    this.connectors = connectors;
  }

  /**
   * The connector of this name.
   *
   * @throws ApiException 404 if there is none
   */
  public ConnectorView require(String name) {
    return connectors.find(name).orElseThrow(() -> unknown(name));
  }

  /**
   * A task of the connector.
   *
   * @throws ApiException 404 if there is no such connector or task
   */
  public ConnectorView.TaskView requireTask(String name, int task) {
    ConnectorView view = require(name);
    return view.tasks().stream()
        .filter(candidate -> candidate.number() == task)
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.unknown(
                    "task",
                    "The connector '" + name + "' has no task " + task + ".",
                    "GET /connectors/" + name + "/tasks lists its tasks."));
  }

  /** The answer for a connector that is not there. */
  public static ApiException unknown(String name) {
    return ApiException.unknown(
        "connector",
        "There is no connector '" + name + "'.",
        "GET /connectors lists the connectors; the configuration file declares them.");
  }
}
