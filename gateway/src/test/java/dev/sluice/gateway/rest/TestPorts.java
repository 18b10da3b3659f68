package dev.sluice.gateway.rest;

import dev.sluice.gateway.connect.Connectors;
import dev.sluice.gateway.log.Groups;
import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.log.Topics;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The ports of the application under test; they win over the real ones. */
@Singleton
@Alternative
@Priority(1)
public final class TestPorts {

  private final InMemoryLog log = new InMemoryLog();
  private final FakeConnectors connectors = new FakeConnectors();

  public InMemoryLog log() {
    return log;
  }

  public FakeConnectors connectors() {
    return connectors;
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  Topics topics() {
    return log;
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  Records records() {
    return log;
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  Groups groups() {
    return log.groups();
  }

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  Connectors connectorsPort() {
    return connectors;
  }
}
