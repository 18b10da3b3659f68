package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.search.Search;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/** The searches that run; their number is bounded. Thread-safe. */
@Singleton
final class Searches {

  /** How many may run at once; each takes a thread, and a processor while it runs. */
  static final int MAX_SEARCHES = 4;

  private final ObjectMapper json;
  private final Semaphore places = new Semaphore(MAX_SEARCHES);

  Searches(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Takes a place for a search; {@link RunningSearch#abandon} or its end gives it back.
   *
   * @throws ApiException 503 when too many run
   */
  RunningSearch prepare(String topic, Records view, Search search) {
    if (!places.tryAcquire()) {
      throw new ApiException(
          503,
          "too-many-searches",
          ApiException.Category.RESOURCE,
          MAX_SEARCHES + " searches run, which is as many as there may be.",
          null,
          "Wait until one has ended, or cancel one.");
    }
    return new RunningSearch(topic, view, search, json, places::release);
  }

  /** How many run. */
  int runningCount() {
    return MAX_SEARCHES - places.availablePermits();
  }
}
