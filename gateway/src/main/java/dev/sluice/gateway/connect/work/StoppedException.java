package dev.sluice.gateway.connect.work;

/** Ends a piece of work because the task is to stop; not a failure. */
final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("The task is to stop.", null, false, false);
  }
}
