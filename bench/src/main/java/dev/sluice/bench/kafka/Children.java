package dev.sluice.bench.kafka;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Processes that must not outlive this one. Thread-safe. */
final class Children {

  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly)));
  }

  private Children() {}

  static void add(Process child) {
    boolean unused = ALIVE.add(child);
  }

  static void remove(Process child) {
    boolean unused = ALIVE.remove(child);
  }
}
