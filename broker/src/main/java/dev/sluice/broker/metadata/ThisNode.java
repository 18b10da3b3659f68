package dev.sluice.broker.metadata;

/** The one broker that there is. */
public final class ThisNode {

  /** How clients, coordinators and logs know it. */
  public static final int ID = 1;

  private ThisNode() {}
}
