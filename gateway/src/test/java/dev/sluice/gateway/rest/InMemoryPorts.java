package dev.sluice.gateway.rest;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Set;

/** The gateway with ports in memory in place of a log on disk and of real connectors. */
public final class InMemoryPorts implements QuarkusTestProfile {

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(TestPorts.class);
  }
}
