package dev.sluice.broker.kafka.admin;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.topic.TopicCatalog;
import dev.sluice.broker.topic.TopicIds;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsResponse;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourceType;

/**
 * DeleteTopics: by name or, from version 6 on, by id. A topic is gone, and its name is free, when
 * the answer is sent.
 */
final class DeleteTopicsHandler implements BlockingHandler<DeleteTopicsRequest> {

  private static final short FIRST_WITH_IDS = 6;

  private final TopicCatalog topics;

  DeleteTopicsHandler(TopicCatalog topics) {
    this.topics = topics;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.DELETE_TOPICS;
  }

  @Override
  public AbstractResponse handle(DeleteTopicsRequest request, Call call) {
    boolean mayDeleteAny =
        call.wouldAllow(AclOperation.DELETE, ResourceType.CLUSTER, Resource.CLUSTER_NAME);
    DeleteTopicsResponseData answer = new DeleteTopicsResponseData();
    Set<DeleteTopicState> seen = new HashSet<>();
    for (DeleteTopicState wanted : wanted(request)) {
      DeletableTopicResult result =
          new DeletableTopicResult().setName(wanted.name()).setTopicId(wanted.topicId());
      ApiError error =
          seen.add(wanted)
              ? AdminErrors.attempt(() -> delete(wanted, mayDeleteAny, call, result))
              : new ApiError(Errors.INVALID_REQUEST, "The topic is named more than once.");
      result.setErrorCode(error.error().code()).setErrorMessage(error.message());
      boolean unused = answer.responses().add(result);
    }
    return new DeleteTopicsResponse(answer);
  }

  private static List<DeleteTopicState> wanted(DeleteTopicsRequest request) {
    return request.version() >= FIRST_WITH_IDS
        ? request.data().topics()
        : request.data().topicNames().stream()
            .map(name -> new DeleteTopicState().setName(name))
            .toList();
  }

  private ApiError delete(
      DeleteTopicState wanted, boolean mayDeleteAny, Call call, DeletableTopicResult result) {
    boolean isById = !wanted.topicId().equals(Uuid.ZERO_UUID);
    if (isById == (wanted.name() != null)) {
      return new ApiError(Errors.INVALID_REQUEST, "A topic is named by its name or by its id.");
    }
    Optional<Topic> found =
        isById ? topics.findById(TopicIds.fromKafka(wanted.topicId())) : topics.find(wanted.name());
    String name = found.map(Topic::name).orElse(wanted.name());
    if (name == null) {
      return new ApiError(Errors.UNKNOWN_TOPIC_ID, "There is no topic with this id.");
    }
    // Who may not even know of the topic is not told whether it is there.
    boolean maySee = mayDeleteAny || call.allows(AclOperation.DESCRIBE, ResourceType.TOPIC, name);
    if (!maySee) {
      return new ApiError(Errors.TOPIC_AUTHORIZATION_FAILED);
    }
    result.setName(name);
    if (!call.allowsAnyTopic(mayDeleteAny, name)) {
      call.require(AclOperation.DELETE, ResourceType.TOPIC, name);
    }
    if (found.isEmpty()) {
      return new ApiError(Errors.UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + name + "'.");
    }
    if (TopicCatalog.isInternal(name)) {
      return new ApiError(
          Errors.INVALID_TOPIC_EXCEPTION, "Topic '" + name + "' is the server's own.");
    }
    result.setTopicId(TopicIds.toKafka(found.get().id()));
    Topic gone = topics.delete(found.get().id());
    call.made(Change.TOPIC_DELETED, gone.name());
    return ApiError.NONE;
  }
}
