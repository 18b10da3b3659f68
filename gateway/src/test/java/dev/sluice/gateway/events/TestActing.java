package dev.sluice.gateway.events;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;

/** Lets tests elsewhere act where there is no request. */
public final class TestActing {

  private TestActing() {}

  /** Knows what it is told alone. */
  public static Acting create() {
    return new Acting(new CurrentVertxRequest());
  }
}
