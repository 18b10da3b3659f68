package dev.sluice.gateway.rest.status;

/** The JSON Schema of the configuration file, supplied by whoever validates it. */
@FunctionalInterface
public interface ConfigSchema {

  /** The schema as JSON text. */
  String json();
}
