package dev.sluice.gateway.events;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was reported and still holds, until something else is reported of it. Thread-safe. */
@Singleton
public final class StandingEvents {

  private static final String CONFIGURATION = "config.";
  private static final String REFUSED = "config.rejected";

  private volatile @Nullable Event configuration;

  void reported(Event event) {
    if (event.type().startsWith(CONFIGURATION)) {
      configuration = event;
    }
  }

  /** The last change of the configuration, if it was not taken up. */
  public Optional<Event> refusedConfiguration() {
    return Optional.ofNullable(configuration).filter(event -> event.type().equals(REFUSED));
  }
}
