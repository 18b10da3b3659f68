package dev.sluice.gateway.rest.status;

import dev.sluice.gateway.config.GatewayConfig;

/** The configuration that is in effect, supplied by whoever applies it. */
@FunctionalInterface
public interface LoadedConfig {

  /** The configuration now; contains secrets, of which only the display forms are answered. */
  GatewayConfig current();
}
