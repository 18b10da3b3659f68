package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicException;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.CreatePartitionsResponse;
import org.apache.kafka.common.resource.ResourceType;

/** CreatePartitions: adds partitions to topics, which never lose any. */
final class CreatePartitionsHandler implements BlockingHandler<CreatePartitionsRequest> {

  private final TopicCatalog topics;

  CreatePartitionsHandler(TopicCatalog topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.CREATE_PARTITIONS;
  }

  @Override
  public AbstractResponse handle(CreatePartitionsRequest request, Call call) {
    CreatePartitionsResponseData answer = new CreatePartitionsResponseData();
    for (CreatePartitionsTopic wanted : request.data().topics()) {
      boolean isDouble = request.data().topics().findAll(wanted.name()).size() > 1;
      ApiError error =
          isDouble
              ? new ApiError(Errors.INVALID_REQUEST, "Duplicate topic name.")
              : AdminErrors.attempt(
                  () -> {
                    call.require(AclOperation.ALTER, ResourceType.TOPIC, wanted.name());
                    add(wanted, request.data().validateOnly(), call);
                  });
      answer
          .results()
          .add(
              new CreatePartitionsTopicResult()
                  .setName(wanted.name())
                  .setErrorCode(error.error().code())
                  .setErrorMessage(error.message()));
    }
    return new CreatePartitionsResponse(answer);
  }

  private void add(CreatePartitionsTopic wanted, boolean validateOnly, Call call) {
    String name = wanted.name();
    if (validateOnly) {
      Topic unused =
          grown(topics.find(name).orElseThrow(() -> TopicException.unknown(name)), wanted);
    } else {
      Topic grown = topics.update(name, before -> grown(before, wanted));
      call.made(Change.TOPIC_CHANGED, grown.name());
    }
  }

  private static Topic grown(Topic before, CreatePartitionsTopic wanted) {
    if (wanted.count() <= before.partitions() || wanted.count() > TopicCatalog.MAX_PARTITIONS) {
      throw new InvalidPartitionsException(
          "Topic '"
              + before.name()
              + "' has "
              + before.partitions()
              + " partitions; it can get more, up to "
              + TopicCatalog.MAX_PARTITIONS
              + ", but not "
              + wanted.count()
              + ".");
    }
    List<CreatePartitionsAssignment> assignments = wanted.assignments();
    if (assignments != null) {
      if (assignments.size() != wanted.count() - before.partitions()) {
        throw new InvalidReplicaAssignmentException(
            (wanted.count() - before.partitions())
                + " partitions are added, but "
                + assignments.size()
                + " are assigned.");
      }
      assignments.forEach(assignment -> Assignments.check(assignment.brokerIds()));
    }
    return new Topic(before.name(), before.id(), wanted.count(), before.config());
  }
}
