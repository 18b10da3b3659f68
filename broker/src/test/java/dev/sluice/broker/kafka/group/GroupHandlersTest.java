package dev.sluice.broker.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Broker;
import dev.sluice.broker.config.BrokerDefaults;
import dev.sluice.broker.group.CoordinatorSettings;
import dev.sluice.broker.group.GroupHost;
import dev.sluice.broker.group.GroupService;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.Calls;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.security.AccessControl;
import dev.sluice.broker.transaction.TransactionGate;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.partition.PartitionId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitResponse;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupHandlersTest {

  private static final Node NODE = new Node(1, "here", 9092);

  private final Broker broker =
      Broker.open(Path.of("/data"), new FaultyStorage(1), Clock.systemUTC(), LogMetrics.NONE);
  private final GroupService groups =
      new GroupService(
          new GroupHost(broker.topics(), broker.metadata(), broker::partition, AccessControl.OPEN),
          CoordinatorSettings.DEFAULT);
  private final List<String> passes = new ArrayList<>();
  private AccessControl access = AccessControl.OPEN;
  private TransactionGate gate = TransactionGate.OPEN;

  GroupHandlersTest() {
    for (String name : List.of("mine", "yours")) {
      Topic unused = broker.topics().create(name, 1, TopicConfig.FOREVER);
    }
  }

  @AfterEach
  void close() {
    groups.close();
    broker.close();
  }

  static Stream<Short> findCoordinatorVersions() {
    return versions(ApiKeys.FIND_COORDINATOR);
  }

  @ParameterizedTest
  @MethodSource("findCoordinatorVersions")
  void theCoordinatorIsHereInEveryVersion(short version) {
    FindCoordinatorResponse response =
        (FindCoordinatorResponse)
            handle(
                new FindCoordinatorRequest.Builder(
                        version < 4
                            ? new FindCoordinatorRequestData().setKey("g")
                            : new FindCoordinatorRequestData()
                                .setCoordinatorKeys(List.of("g", "h")))
                    .build(version));
    if (version < 4) {
      assertThat(response.node()).isEqualTo(NODE);
    } else {
      assertThat(response.coordinators())
          .hasSize(2)
          .allSatisfy(
              found -> {
                assertThat(found.errorCode()).isZero();
                assertThat(found.host()).isEqualTo("here");
              });
    }
  }

  @Test
  void shareGroupsHaveNoCoordinator() {
    FindCoordinatorResponse response =
        (FindCoordinatorResponse)
            handle(
                new FindCoordinatorRequest.Builder(
                        new FindCoordinatorRequestData()
                            .setKeyType(FindCoordinatorRequest.CoordinatorType.SHARE.id())
                            .setCoordinatorKeys(List.of("g:AAAAAAAAAAAAAAAAAAAAAA:0")))
                    .build());
    assertThat(response.coordinators().getFirst().errorCode())
        .isEqualTo(Errors.INVALID_REQUEST.code());
  }

  static Stream<Short> offsetVersions() {
    return versions(ApiKeys.OFFSET_FETCH);
  }

  @ParameterizedTest
  @MethodSource("offsetVersions")
  void offsetsAreFetchedInEveryVersion(short version) {
    groups.offsets().commit("g", Map.of(new PartitionId("mine", 0), 5L));
    OffsetFetchRequestTopics topic =
        new OffsetFetchRequestTopics().setName("mine").setPartitionIndexes(List.of(0));
    if (OffsetFetchRequest.useTopicIds(version)) {
      topic.setTopicId(new KnownTopics(broker.metadata()).id("mine"));
    }
    OffsetFetchRequestGroup group =
        new OffsetFetchRequestGroup().setGroupId("g").setTopics(List.of(topic));
    OffsetFetchResponse response =
        (OffsetFetchResponse)
            handle(
                OffsetFetchRequest.Builder.forTopicIdsOrNames(
                        new OffsetFetchRequestData().setGroups(List.of(group)),
                        false,
                        OffsetFetchRequest.useTopicIds(version))
                    .build(version));
    assertThat(response.group("g").topics().getFirst().partitions().getFirst().committedOffset())
        .isEqualTo(5);
  }

  static Stream<Short> commitVersions() {
    return versions(ApiKeys.OFFSET_COMMIT);
  }

  @ParameterizedTest
  @MethodSource("commitVersions")
  void offsetsAreCommittedInEveryVersion(short version) {
    OffsetCommitRequest request =
        OffsetCommitRequest.Builder.forTopicIdsOrNames(
                commit("g", "mine"), OffsetCommitResponse.useTopicIds(version))
            .build(version);
    AbstractResponse response = handle(request);
    assertThat(response.errorCounts()).containsOnlyKeys(Errors.NONE);
    assertThat(groups.offsets().committed("g")).containsEntry(new PartitionId("mine", 0), 9L);
  }

  @Test
  void offsetsOfOtherPeoplesTopicsAreNeitherCommittedNorSeen() {
    groups.offsets().commit("g", Map.of(new PartitionId("yours", 0), 1L));
    access = (who, operation, type, name) -> type != ResourceType.TOPIC || name.equals("mine");
    OffsetCommitResponse committed =
        (OffsetCommitResponse)
            handle(
                OffsetCommitRequest.Builder.forTopicNames(commit("g", "mine", "yours"))
                    .build((short) 9));
    assertThat(committed.errorCounts())
        .containsOnly(Map.entry(Errors.NONE, 1), Map.entry(Errors.TOPIC_AUTHORIZATION_FAILED, 1));
    OffsetFetchResponse all =
        (OffsetFetchResponse)
            handle(
                OffsetFetchRequest.Builder.forTopicNames(
                        new OffsetFetchRequestData()
                            .setGroups(
                                List.of(
                                    new OffsetFetchRequestGroup().setGroupId("g").setTopics(null))),
                        false)
                    .build((short) 9));
    assertThat(all.group("g").topics())
        .singleElement()
        .satisfies(topic -> assertThat(topic.name()).isEqualTo("mine"));
  }

  @Test
  void otherPeoplesGroupsAndTransactionsAreRefused() {
    access = new Only(Set.of(ResourceType.TOPIC, ResourceType.TRANSACTIONAL_ID));
    assertThatThrownBy(
            () ->
                handle(
                    OffsetCommitRequest.Builder.forTopicNames(commit("g", "mine"))
                        .build((short) 9)))
        .isInstanceOf(GroupAuthorizationException.class);
    assertThatThrownBy(
            () ->
                handle(
                    new JoinGroupRequest.Builder(new JoinGroupRequestData().setGroupId("g"))
                        .build()))
        .isInstanceOf(GroupAuthorizationException.class);
    access = new Only(Set.of(ResourceType.TOPIC, ResourceType.GROUP));
    assertThatThrownBy(() -> handle(transactional()))
        .isInstanceOf(TransactionalIdAuthorizationException.class);
  }

  @Test
  void aPassIsHeldUntilTheOffsetsAreInTheLog() {
    gate = new RecordingGate();
    TxnOffsetCommitResponse response = (TxnOffsetCommitResponse) handle(transactional());
    assertThat(response.errorCounts()).containsOnlyKeys(Errors.NONE);
    assertThat(passes)
        .containsExactly("entered t for [" + groups.partitionOf("g") + "] true", "closed");
  }

  @Test
  void whatTheGateRefusesIsNotCommitted() {
    gate =
        (id, producer, epoch, partitions, mayAdd) -> {
          throw Errors.INVALID_TXN_STATE.exception();
        };
    assertThatThrownBy(() -> handle(transactional()))
        .isInstanceOf(ApiException.class)
        .satisfies(e -> assertThat(Errors.forException(e)).isEqualTo(Errors.INVALID_TXN_STATE));
  }

  private static TxnOffsetCommitRequest transactional() {
    return new TxnOffsetCommitRequest(
        new TxnOffsetCommitRequestData()
            .setTransactionalId("t")
            .setGroupId("g")
            .setProducerId(1)
            .setProducerEpoch((short) 0)
            .setTopics(
                List.of(
                    new TxnOffsetCommitRequestTopic()
                        .setName("mine")
                        .setPartitions(
                            List.of(
                                new TxnOffsetCommitRequestPartition()
                                    .setPartitionIndex(0)
                                    .setCommittedOffset(1)
                                    .setCommittedMetadata(""))))),
        ApiKeys.TXN_OFFSET_COMMIT.latestVersion());
  }

  private OffsetCommitRequestData commit(String group, String... topics) {
    KnownTopics known = new KnownTopics(broker.metadata());
    return new OffsetCommitRequestData()
        .setGroupId(group)
        .setTopics(
            Stream.of(topics)
                .map(
                    topic ->
                        new OffsetCommitRequestTopic()
                            .setName(topic)
                            .setTopicId(known.id(topic))
                            .setPartitions(
                                List.of(
                                    new OffsetCommitRequestPartition()
                                        .setPartitionIndex(0)
                                        .setCommittedOffset(9)
                                        .setCommittedMetadata(""))))
                .toList());
  }

  /** Handles a request as it comes from the network, and sends the answer there in its version. */
  private AbstractResponse handle(AbstractRequest request) {
    short version = request.version();
    ByteBufferAccessor bytes = MessageUtil.toByteBufferAccessor(request.data(), version);
    AbstractRequest arrived =
        AbstractRequest.parseRequest(request.apiKey(), version, bytes).request;
    Call call = Calls.of(request.apiKey(), version, Calls.stranger(), access);
    AbstractResponse response = handler(request.apiKey()).handle(arrived, call);
    ByteBufferAccessor sent = MessageUtil.toByteBufferAccessor(response.data(), version);
    return AbstractResponse.parseResponse(request.apiKey(), sent, version);
  }

  @SuppressWarnings("unchecked")
  private BlockingHandler<AbstractRequest> handler(ApiKeys api) {
    return (BlockingHandler<AbstractRequest>)
        GroupHandlers.all(
                groups,
                broker.metadata(),
                listener -> NODE,
                gate,
                new StreamsTopics(broker.topics(), BrokerDefaults.STANDARD))
            .stream()
            .filter(handler -> handler.api() == api)
            .findFirst()
            .orElseThrow();
  }

  private static Stream<Short> versions(ApiKeys api) {
    return api.allVersions().stream().filter(version -> version <= api.latestVersion());
  }

  private record Only(Set<ResourceType> types) implements AccessControl {
    @Override
    public boolean allows(
        AuthorizableRequestContext who, AclOperation operation, ResourceType type, String name) {
      return types.contains(type);
    }
  }

  private final class RecordingGate implements TransactionGate {
    @Override
    public void admit(
        String transactionalId,
        long producerId,
        short epoch,
        Set<TopicPartition> partitions,
        boolean mayAdd) {
      throw new AssertionError("A pass is wanted");
    }

    @Override
    public Pass enter(
        String transactionalId,
        long producerId,
        short epoch,
        Set<TopicPartition> partitions,
        boolean mayAdd) {
      passes.add("entered " + transactionalId + " for " + partitions + " " + mayAdd);
      return () -> passes.add("closed");
    }
  }
}
