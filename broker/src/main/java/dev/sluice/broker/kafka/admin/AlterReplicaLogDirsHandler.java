package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.Broker;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData.AlterReplicaLogDirPartitionResult;
import org.apache.kafka.common.message.AlterReplicaLogDirsResponseData.AlterReplicaLogDirTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterReplicaLogDirsRequest;
import org.apache.kafka.common.requests.AlterReplicaLogDirsResponse;

/** AlterReplicaLogDirs: there is one directory, where everything is already. */
final class AlterReplicaLogDirsHandler implements BlockingHandler<AlterReplicaLogDirsRequest> {

  private final Broker broker;

  AlterReplicaLogDirsHandler(Broker broker) {
    this.broker = broker;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.ALTER_REPLICA_LOG_DIRS;
  }

  @Override
  public AbstractResponse handle(AlterReplicaLogDirsRequest request, Call call) {
    call.requireCluster(AclOperation.ALTER);
    Map<String, AlterReplicaLogDirTopicResult> results = new HashMap<>();
    request
        .partitionDirs()
        .forEach(
            (partition, directory) ->
                results
                    .computeIfAbsent(
                        partition.topic(),
                        topic -> new AlterReplicaLogDirTopicResult().setTopicName(topic))
                    .partitions()
                    .add(
                        new AlterReplicaLogDirPartitionResult()
                            .setPartitionIndex(partition.partition())
                            .setErrorCode(move(partition, directory).code())));
    AlterReplicaLogDirsResponseData answer = new AlterReplicaLogDirsResponseData();
    answer.results().addAll(results.values());
    return new AlterReplicaLogDirsResponse(answer);
  }

  private Errors move(TopicPartition partition, String directory) {
    if (!directory.equals(broker.directory().toAbsolutePath().toString())) {
      return Errors.LOG_DIR_NOT_FOUND;
    }
    return broker.findPartition(partition.topic(), partition.partition()).isPresent()
        ? Errors.NONE
        : Errors.UNKNOWN_TOPIC_OR_PARTITION;
  }
}
