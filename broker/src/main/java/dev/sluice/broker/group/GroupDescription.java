package dev.sluice.broker.group;

import dev.sluice.log.partition.PartitionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group and who is in it.
 *
 * @param overview as in a list
 * @param assignor how partitions are shared out, as the members have agreed; empty if not known
 * @param members in no order
 */
public record GroupDescription(GroupOverview overview, String assignor, List<Member> members) {

  /**
   * A member of a group.
   *
   * @param id given by the coordinator, or by the client under the new protocol
   * @param instanceId what a static member calls itself, or null
   * @param clientId what the client calls itself
   * @param host where it was seen
   * @param assignment the partitions that are its own now
   */
  public record Member(
      String id,
      @Nullable String instanceId,
      String clientId,
      String host,
      List<PartitionId> assignment) {}
}
