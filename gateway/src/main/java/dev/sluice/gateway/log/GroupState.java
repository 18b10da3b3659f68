package dev.sluice.gateway.log;

/** What a group is doing; the names are Kafka's. */
public enum GroupState {
  /** Nobody is in it. */
  EMPTY,
  /** Its members read. */
  STABLE,
  /** Members are joining. */
  PREPARING_REBALANCE,
  /** The members wait to be told their partitions. */
  COMPLETING_REBALANCE,
  /** Partitions are being shared out anew. */
  ASSIGNING,
  /** Partitions are moving between members. */
  RECONCILING,
  /** It is being deleted. */
  DEAD,
  /** None of these. */
  UNKNOWN
}
