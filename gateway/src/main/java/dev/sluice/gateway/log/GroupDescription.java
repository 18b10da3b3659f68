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
    String name, String type, GroupState state, String assignor, List<Member> members) {

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
