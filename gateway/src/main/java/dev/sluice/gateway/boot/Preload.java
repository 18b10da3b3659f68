package dev.sluice.gateway.boot;

import io.quarkus.runtime.Application;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Initialises the application that Quarkus has generated while the configuration is still being
 * read: the two are about the same amount of work and don't need each other. Only what Quarkus
 * calls static initialisation happens here; it opens nothing and reads no setting of ours.
 */
final class Preload {

  private static final Logger LOG = LoggerFactory.getLogger(Preload.class);

  private Preload() {}

  /** Begins on a thread of its own; whoever needs the class meanwhile waits for it. */
  static void begin() {
    Thread unused = Thread.ofPlatform().daemon().name("preload").start(Preload::load);
  }

  private static void load() {
    try {
      Class<?> unused =
          Class.forName(
              Application.APP_CLASS_NAME, true, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException | LinkageError failure) {
      // Starting the application meets it again and reports it.
      LOG.debug("The application could not be initialised ahead of its start.", failure);
    }
  }
}
