package dev.sluice.gateway.connect.trial;

/** As many trials are under way as may be. */
public final class TrialsBusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrialsBusyException(int atOnce) {
    super(atOnce + " connection tests and previews are under way, which is as many as may be.");
  }
}
