package dev.sluice.broker.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.RawClient;
import dev.sluice.broker.metadata.ThisNode;
import dev.sluice.broker.metadata.TopicConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ConsumerGroupDescribeResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.apache.kafka.common.requests.DescribeProducersResponse;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small request neither has a huge answer nor makes very many topics. */
class LargeAnswersTest {

  private static final int OFTEN = 5_000;

  private TestBroker broker;
  private RawClient client;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    broker = TestBroker.start(directory);
    broker.broker().topics().create("wide", 50, TopicConfig.FOREVER);
    client = RawClient.connect(broker.port());
  }

  @AfterEach
  void stop() {
    client.close();
    broker.close();
  }

  private <R extends AbstractResponse> R ask(ApiMessage data, Class<R> answer) throws IOException {
    ApiKeys api = ApiKeys.forId(data.apiKey());
    short version = api.latestVersion();
    ByteBufferAccessor bytes = MessageUtil.toByteBufferAccessor(data, version);
    return answer.cast(client.ask(AbstractRequest.parseRequest(api, version, bytes).request));
  }

  private List<MetadataResponseTopic> metadata(List<String> names) throws IOException {
    MetadataRequestData request =
        new MetadataRequestData()
            .setAllowAutoTopicCreation(true)
            .setTopics(
                names.stream().map(name -> new MetadataRequestTopic().setName(name)).toList());
    return List.copyOf(ask(request, MetadataResponse.class).data().topics());
  }

  @Test
  void aTopicThatIsNamedOftenIsDescribedOnce() throws IOException {
    assertThat(metadata(Collections.nCopies(OFTEN, "wide")))
        .singleElement()
        .satisfies(topic -> assertThat(topic.partitions()).hasSize(50));
  }

  @Test
  void aRequestMakesSoManyTopicsAndTheNextOneMore() throws IOException {
    List<String> names = IntStream.range(0, 250).mapToObj(i -> "t" + i).toList();
    int before = broker.broker().topics().list().size();
    for (int round = 1; round <= 3; round++) {
      int there = Math.min(250, round * 100);

      Map<Errors, Long> errors =
          metadata(names).stream()
              .collect(
                  Collectors.groupingBy(
                      topic -> Errors.forCode(topic.errorCode()), Collectors.counting()));

      assertThat(errors.get(Errors.NONE)).isEqualTo(there);
      assertThat(errors.getOrDefault(Errors.UNKNOWN_TOPIC_OR_PARTITION, 0L)).isEqualTo(250 - there);
      assertThat(broker.broker().topics().list()).hasSize(before + there);
    }
  }

  @Test
  void aResourceThatIsNamedOftenIsDescribedOnce() throws IOException {
    assertThat(configs(Collections.nCopies(OFTEN, "g")).results()).hasSize(1);
  }

  @Test
  void notAllNamesThereCouldBeAreDescribedAtOnce() throws IOException {
    List<String> names = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "g" + i).toList();

    assertThat(configs(names).results())
        .allMatch(result -> result.errorCode() == Errors.INVALID_REQUEST.code())
        .allMatch(result -> result.configs().isEmpty());
    assertThat(configs(names.subList(0, 10_000)).results())
        .hasSize(10_000)
        .noneMatch(result -> result.configs().isEmpty());
  }

  private org.apache.kafka.common.message.DescribeConfigsResponseData configs(List<String> groups)
      throws IOException {
    DescribeConfigsRequestData request =
        new DescribeConfigsRequestData()
            .setResources(
                groups.stream()
                    .map(
                        name ->
                            new DescribeConfigsRequestData.DescribeConfigsResource()
                                .setResourceType(ConfigResource.Type.GROUP.id())
                                .setResourceName(name))
                    .toList());
    return ask(request, DescribeConfigsResponse.class).data();
  }

  @Test
  void aGroupThatIsNamedOftenIsDescribedOnce() throws IOException {
    List<String> often = Collections.nCopies(OFTEN, "g");
    assertThat(
            ask(new DescribeGroupsRequestData().setGroups(often), DescribeGroupsResponse.class)
                .data()
                .groups())
        .hasSize(1);
    assertThat(
            ask(
                    new ConsumerGroupDescribeRequestData().setGroupIds(often),
                    ConsumerGroupDescribeResponse.class)
                .data()
                .groups())
        .hasSize(1);
  }

  @Test
  void allOffsetsOfAGroupAreToldOnce() throws IOException {
    OffsetFetchRequestData request =
        new OffsetFetchRequestData()
            .setGroups(
                IntStream.range(0, 3)
                    .mapToObj(
                        i ->
                            new OffsetFetchRequestData.OffsetFetchRequestGroup()
                                .setGroupId("g")
                                .setMemberId(i == 2 ? "m" : null)
                                .setTopics(null))
                    .toList());
    assertThat(ask(request, OffsetFetchResponse.class).data().groups())
        .extracting(group -> Errors.forCode(group.errorCode()))
        .containsExactly(Errors.NONE, Errors.INVALID_REQUEST, Errors.INVALID_REQUEST);
  }

  @Test
  void transactionsAndProducersAreDescribedOnce() throws IOException {
    assertThat(
            ask(
                    new DescribeTransactionsRequestData()
                        .setTransactionalIds(Collections.nCopies(OFTEN, "x")),
                    DescribeTransactionsResponse.class)
                .data()
                .transactionStates())
        .hasSize(1);
    DescribeProducersRequestData.TopicRequest topic =
        new DescribeProducersRequestData.TopicRequest()
            .setName("wide")
            .setPartitionIndexes(Collections.nCopies(OFTEN, 7));
    assertThat(
            ask(
                    new DescribeProducersRequestData().setTopics(List.of(topic, topic)),
                    DescribeProducersResponse.class)
                .data()
                .topics())
        .flatExtracting(described -> described.partitions())
        .hasSize(1);
  }

  @Test
  void theQuorumIsTheOneNode() throws Exception {
    try (Admin admin = broker.admin()) {
      QuorumInfo quorum = admin.describeMetadataQuorum().quorumInfo().get();

      long end = broker.broker().metadata().endOffset();
      assertThat(end).isPositive();
      assertThat(quorum.leaderId()).isEqualTo(ThisNode.ID);
      assertThat(quorum.highWatermark()).isEqualTo(end);
      assertThat(quorum.voters())
          .singleElement()
          .satisfies(
              voter -> {
                assertThat(voter.replicaId()).isEqualTo(ThisNode.ID);
                assertThat(voter.logEndOffset()).isEqualTo(end);
              });
      assertThat(quorum.nodes()).containsOnlyKeys(ThisNode.ID);
      assertThat(quorum.nodes().values())
          .flatExtracting(QuorumInfo.Node::endpoints)
          .singleElement()
          .satisfies(endpoint -> assertThat(endpoint.port()).isEqualTo(broker.port()));
    }
  }
}
