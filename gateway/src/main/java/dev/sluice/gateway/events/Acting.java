package dev.sluice.gateway.events;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Knows on whose behalf the calling thread acts: that of the HTTP request that it answers, of whom
 * it has been told by {@link #as}, or else of the gateway itself. Whoever hands work to another
 * thread hands the {@link Actor} over as a value. Thread-safe.
 */
@Singleton
public final class Acting {

  private final CurrentVertxRequest request;
  private final ThreadLocal<Actor> told = new ThreadLocal<>();

  Acting(CurrentVertxRequest request) {
    this.request = request;
  }

  /** For whom the calling thread acts now. */
  public Actor now() {
    Actor actor = told.get();
    return actor == null ? caller() : actor;
  }

  /** Does something on behalf of an actor, on the calling thread. */
  public void as(Actor actor, Runnable action) {
    @Nullable Actor before = told.get();
    told.set(actor);
    try {
      action.run();
    } finally {
      if (before == null) {
        told.remove();
      } else {
        told.set(before);
      }
    }
  }

  private Actor caller() {
    if (!Arc.container().requestContext().isActive()) {
      return Actor.GATEWAY;
    }
    RoutingContext current = request.getCurrent();
    if (current == null) {
      return Actor.GATEWAY;
    }
    SocketAddress remote = current.request().remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return Actor.http(address == null ? "unknown" : address);
  }
}
