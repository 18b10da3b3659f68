package dev.sluice.gateway.connect;

/** The positions of a connector are kept where it writes, and can't be changed from here. */
public final class PositionsElsewhereException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PositionsElsewhereException(String message) {
    super(message);
  }
}
