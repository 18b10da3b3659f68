package dev.sluice.gateway.rest.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.gateway.log.GroupDescription.Member;
import dev.sluice.gateway.log.TopicPartition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A consumer group with its members and positions. */
@Schema(name = "Group", description = "A consumer group with its members and positions.")
record GroupJson(
    @JsonUnwrapped GroupSummary summary,
    @Schema(
            description = "How its partitions are shared out; empty if not known.",
            examples = "uniform")
        String assignor,
    List<MemberJson> memberDetails,
    @Schema(description = "Its positions, by topic and partition.") List<PositionJson> offsets) {

  /** A consumer in a group. */
  @Schema(name = "GroupMember", description = "A consumer in a group.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MemberJson(
      @Schema(examples = "reader-1-5a5c4b1e") String id,
      @Schema(description = "What a static member calls itself.") @Nullable String instanceId,
      @Schema(examples = "reader-1") String clientId,
      @Schema(description = "Where it was seen.", examples = "127.0.0.1") String host,
      @Schema(description = "The partitions that it reads, by topic.")
          Map<String, List<Integer>> assignment) {

    static MemberJson of(Member member) {
      Map<String, List<Integer>> byTopic = new TreeMap<>();
      for (TopicPartition tp : member.assignment()) {
        byTopic.computeIfAbsent(tp.topic(), topic -> new ArrayList<>()).add(tp.partition());
      }
      return new MemberJson(
          member.id(), member.instanceId(), member.clientId(), member.host(), byTopic);
    }
  }

  /** A group's position in a partition. */
  @Schema(name = "GroupPosition", description = "A group's position in a partition.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PositionJson(
      @Schema(examples = "orders") String topic,
      @Schema(examples = "0") int partition,
      @Schema(
              description = "The next record to read; absent if none was committed.",
              examples = "30")
          @Nullable Long offset,
      @Schema(description = "The oldest record there is; absent if it can't be read.")
          @Nullable Long startOffset,
      @Schema(description = "Where the partition ends; absent if it can't be read.")
          @Nullable Long endOffset,
      @Schema(description = "Records between the two; absent if it can't be read.")
          @Nullable Long lag,
      @Schema(description = "The time of the first record that waits; absent if none does.")
          @Nullable Instant waitingSince,
      @Schema(description = "The id of the member that reads it; absent if none does.")
          @Nullable String member) {}
}
