package dev.sluice.compat.clients;

/** Something that is so, or throws. */
@FunctionalInterface
interface Check {
  void run() throws Exception;
}
