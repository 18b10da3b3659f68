package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Topic;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DescribeLogDirs: how large partitions are, and how much space the data directory has. */
final class DescribeLogDirsHandler implements BlockingHandler<DescribeLogDirsRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(DescribeLogDirsHandler.class);

  private final Broker broker;

  DescribeLogDirsHandler(Broker broker) {
    this.broker = broker;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DESCRIBE_LOG_DIRS;
  }

  @Override
  public AbstractResponse handle(DescribeLogDirsRequest request, Call call) {
    DescribeLogDirsResponseData answer = new DescribeLogDirsResponseData();
    if (call.allows(AclOperation.DESCRIBE, ResourceType.CLUSTER, Resource.CLUSTER_NAME)) {
      answer.setResults(List.of(describe(request)));
    } else {
      answer.setErrorCode(Errors.CLUSTER_AUTHORIZATION_FAILED.code());
    }
    return new DescribeLogDirsResponse(answer);
  }

  private DescribeLogDirsResult describe(DescribeLogDirsRequest request) {
    List<DescribeLogDirsTopic> topics = new ArrayList<>();
    if (request.isAllTopicPartitions()) {
      for (Topic topic : broker.topics().list()) {
        add(topics, topic.name(), IntStream.range(0, topic.partitions()).boxed().toList());
      }
    } else {
      for (DescribableLogDirTopic topic : request.data().topics()) {
        add(topics, topic.topic(), topic.partitions());
      }
    }
    DescribeLogDirsResult result =
        new DescribeLogDirsResult()
            .setLogDir(broker.directory().toAbsolutePath().toString())
            .setTopics(topics);
    addSpace(result);
    return result;
  }

  private void add(List<DescribeLogDirsTopic> topics, String name, List<Integer> partitions) {
    DescribeLogDirsTopic described = new DescribeLogDirsTopic().setName(name);
    for (int partition : partitions) {
      broker
          .findPartition(name, partition)
          .ifPresent(
              log ->
                  described
                      .partitions()
                      .add(
                          new DescribeLogDirsPartition()
                              .setPartitionIndex(partition)
                              .setPartitionSize(log.sizeBytes())));
    }
    if (!described.partitions().isEmpty()) {
      topics.add(described);
    }
  }

  private void addSpace(DescribeLogDirsResult result) {
    try {
      FileStore store = Files.getFileStore(broker.directory());
      result
          .setTotalBytes(known(store.getTotalSpace()))
          .setUsableBytes(known(store.getUsableSpace()));
    } catch (IOException unknown) {
      LOG.debug("The space of {} is not known: {}", broker.directory(), unknown.toString());
    }
  }

  /** Java tells sizes that 63 bits don't hold as negative ones. */
  private static long known(long bytes) {
    return bytes < 0 ? Long.MAX_VALUE : bytes;
  }
}
