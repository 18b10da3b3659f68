package dev.sluice.gateway.connect.work;

/** One attempt at running a task. */
public interface Worker {

  /**
   * Runs on the calling thread until the task is to stop, then returns; or fails. Everything that
   * it opened is closed either way.
   */
  void run() throws Exception;
}
