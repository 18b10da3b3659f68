package dev.sluice.gateway.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer group and who is in it.
 *
 * @param name its name
 * @param type {@code classic}, {@code consumer} (KIP-848) and so on, as Kafka names them
 * @param state what the coordinator says of it
 * @param assignor how partitions are shared out, as the members have agreed; empty if not known
 * @param members in the order of their names
 */
public record GroupDescription(
    String name, String type, State state, String assignor, List<Member> members) {

  /** What a group is doing; the names are Kafka's. */
  public enum State {
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

  /**
   * A member of a group.
   *
   * @param id unique in the group
   * @param instanceId what a static member calls itself, or null
   * @param clientId what the client calls itself
   * @param host where it was seen
   * @param assignment the partitions that are its own now, in order
   */
  public record Member(
      String id,
      @Nullable String instanceId,
      String clientId,
      String host,
      List<TopicPartition> assignment) {}
}
