package dev.sluice.broker.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.group.GroupHost;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.FaultyStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.StreamsInvalidTopologyException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.message.StreamsGroupDescribeRequestData;
import org.apache.kafka.common.message.StreamsGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.KeyValue;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Subtopology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.TopicInfo;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Topology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.StreamsGroupDescribeRequest;
import org.apache.kafka.common.requests.StreamsGroupDescribeResponse;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatRequest;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatResponse;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatResponse.Status;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsGroupHandlersTest {

  private static final String CHANGELOG = "app-counts-changelog";

  private final Broker broker =
      Broker.open(Path.of("/data"), new FaultyStorage(1), Clock.systemUTC(), LogMetrics.NONE);
  private final GroupService groups =
      new GroupService(
          new GroupHost(broker.topics(), broker.metadata(), broker::partition, AccessControl.OPEN),
          CoordinatorSettings.DEFAULT);
  private AccessControl access = AccessControl.OPEN;

  StreamsGroupHandlersTest() {
    Topic unused = broker.topics().create("lines", 3, TopicConfig.FOREVER);
  }

  @AfterEach
  void close() {
    groups.close();
    broker.close();
  }

  @Test
  void theTopicsThatAnApplicationNeedsAreThereWhenItIsAnswered() {
    StreamsGroupHeartbeatResponseData answer = join("lines", (short) 1);

    assertThat(answer.errorCode()).isZero();
    assertThat(broker.topics().find(CHANGELOG))
        .hasValueSatisfying(
            made -> {
              assertThat(made.partitions()).isEqualTo(3);
              assertThat(made.config().compaction()).isNotNull();
            });
  }

  @Test
  void aMemberThatMayNotCreateTopicsIsToldSo() {
    access = (who, operation, type, name) -> operation != AclOperation.CREATE;

    StreamsGroupHeartbeatResponseData answer = join("lines", (short) 1);

    assertThat(broker.topics().find(CHANGELOG)).isEmpty();
    assertThat(reasons(answer)).anyMatch(reason -> reason.contains("TOPIC_AUTHORIZATION_FAILED"));
  }

  @Test
  void moreReplicasThanThereAreBrokersAreRefusedWithTheReason() {
    StreamsGroupHeartbeatResponseData answer = join("lines", (short) 3);

    assertThat(broker.topics().find(CHANGELOG)).isEmpty();
    assertThat(reasons(answer)).anyMatch(reason -> reason.contains("replication.factor"));
  }

  @Test
  void anApplicationCanNotHaveTheServersOwnTopics() {
    assertThatThrownBy(() -> join("__consumer_offsets", (short) 1))
        .isInstanceOf(StreamsInvalidTopologyException.class);
    assertThatThrownBy(() -> join("no/topic", (short) 1))
        .isInstanceOf(StreamsInvalidTopologyException.class);
  }

  @Test
  void groupAndTopicsHaveToBeAllowed() {
    access = (who, operation, type, name) -> type != ResourceType.GROUP;
    assertThatThrownBy(() -> join("lines", (short) 1))
        .isInstanceOf(GroupAuthorizationException.class);
    access = (who, operation, type, name) -> !name.equals("lines");
    assertThatThrownBy(() -> join("lines", (short) 1))
        .isInstanceOf(TopicAuthorizationException.class);
    assertThat(broker.topics().find("__consumer_offsets")).isEmpty();
  }

  @Test
  void aGroupIsDescribedToWhoMayKnowItsTopics() {
    assertThat(join("lines", (short) 1).errorCode()).isZero();
    assertThat(join("lines", (short) 1).errorCode()).as("with its topics").isZero();

    assertThat(describe().topology().subtopologies().getFirst().sourceTopics())
        .containsExactly("lines");
    access = (who, operation, type, name) -> !name.equals(CHANGELOG);
    assertThat(describe().errorCode()).isEqualTo(Errors.TOPIC_AUTHORIZATION_FAILED.code());
    access = (who, operation, type, name) -> type != ResourceType.GROUP;
    assertThat(describe().errorCode()).isEqualTo(Errors.GROUP_AUTHORIZATION_FAILED.code());
  }

  private static List<String> reasons(StreamsGroupHeartbeatResponseData answer) {
    return answer.status().stream()
        .filter(status -> status.statusCode() == Status.MISSING_INTERNAL_TOPICS.code())
        .map(StreamsGroupHeartbeatResponseData.Status::statusDetail)
        .toList();
  }

  private StreamsGroupHeartbeatResponseData join(String source, short replicas) {
    TopicInfo changelog =
        new TopicInfo()
            .setName(CHANGELOG)
            .setReplicationFactor(replicas)
            .setTopicConfigs(List.of(new KeyValue().setKey("cleanup.policy").setValue("compact")));
    StreamsGroupHeartbeatRequestData asked =
        new StreamsGroupHeartbeatRequestData()
            .setGroupId("app")
            .setMemberId("member")
            .setMemberEpoch(0)
            .setRebalanceTimeoutMs(1000)
            .setActiveTasks(List.of())
            .setStandbyTasks(List.of())
            .setWarmupTasks(List.of())
            .setProcessId("process")
            .setTopology(
                new Topology()
                    .setEpoch(0)
                    .setSubtopologies(
                        List.of(
                            new Subtopology()
                                .setSubtopologyId("0")
                                .setSourceTopics(List.of(source))
                                .setStateChangelogTopics(List.of(changelog)))));
    StreamsGroupHeartbeatHandler handler =
        new StreamsGroupHeartbeatHandler(
            groups, new StreamsTopics(broker.topics(), BrokerDefaults.STANDARD));
    StreamsGroupHeartbeatResponse answer =
        (StreamsGroupHeartbeatResponse)
            handler.handle(
                new StreamsGroupHeartbeatRequest(asked, (short) 0),
                Calls.of(ApiKeys.STREAMS_GROUP_HEARTBEAT, access));
    return answer.data();
  }

  private DescribedGroup describe() {
    StreamsGroupDescribeResponse answer =
        (StreamsGroupDescribeResponse)
            new StreamsGroupDescribeHandler(groups)
                .handle(
                    new StreamsGroupDescribeRequest(
                        new StreamsGroupDescribeRequestData().setGroupIds(List.of("app")),
                        (short) 0),
                    Calls.of(ApiKeys.STREAMS_GROUP_DESCRIBE, access));
    return answer.data().groups().getFirst();
  }
}
