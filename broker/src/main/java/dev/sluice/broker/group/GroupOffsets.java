package dev.sluice.broker.group;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.log.StorageException;
import dev.sluice.log.partition.PartitionId;
import dev.sluice.log.partition.PartitionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponsePartition;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/**
 * Groups and their offsets for callers in this process, who wait for the answers. Where there has
 * never been a group, asking makes nothing. Thread-safe.
 *
 * <p>All methods throw {@link GroupException}: {@code UNAVAILABLE} if the groups can't be read or
 * written for some seconds, and what they name.
 */
public final class GroupOffsets {

  /** What this process commits for its own groups does not expire while they are idle. */
  private static final long KEPT_MILLIS = Duration.ofDays(365 * 100L).toMillis();

  private final GroupService groups;
  private final PartitionLookup logs;
  private final Patience patience;

  GroupOffsets(GroupService groups, PartitionLookup logs, Patience patience) {
    this.groups = groups;
    this.logs = logs;
    this.patience = patience;
  }

  /** All groups there are, also those that have only ever committed offsets, by name. */
  public List<GroupOverview> list() {
    return groups.ifUsed().map(this::list).orElse(List.of());
  }

  private List<GroupOverview> list(GroupCoordinator coordinator) {
    ListGroupsResponseData response =
        patience.ask(
            () ->
                coordinator.listGroups(
                    new LocalCaller(ApiKeys.LIST_GROUPS), new ListGroupsRequestData()),
            answer -> Errors.forCode(answer.errorCode()));
    return response.groups().stream()
        .map(GroupOffsets::overview)
        .sorted(Comparator.comparing(GroupOverview::name))
        .toList();
  }

  private static GroupOverview overview(ListedGroup group) {
    return new GroupOverview(
        group.groupId(), group.groupType(), group.protocolType(), group.groupState());
  }

  /** The committed offsets of a group: of each partition, the next record to read. */
  public Map<PartitionId, Long> committed(String group) {
    return groups.ifUsed().map(coordinator -> committed(coordinator, group)).orElse(Map.of());
  }

  private Map<PartitionId, Long> committed(GroupCoordinator coordinator, String group) {
    return offsets(patience.ask(() -> fetch(coordinator, group), GroupOffsets::fetchError));
  }

  /** What every group has committed, by partition and group: of all of them in one round. */
  public Map<PartitionId, Map<String, Long>> all() {
    return groups.ifUsed().map(this::all).orElse(Map.of());
  }

  /** The same, of a coordinator that is not known to others yet. */
  Map<PartitionId, Map<String, Long>> all(GroupCoordinator coordinator) {
    Map<String, CompletableFuture<OffsetFetchResponseGroup>> asked = new HashMap<>();
    for (GroupOverview group : list(coordinator)) {
      asked.put(group.name(), fetch(coordinator, group.name()));
    }
    Map<PartitionId, Map<String, Long>> all = new HashMap<>();
    asked.forEach(
        (group, answer) ->
            offsets(patience.ask(() -> answer, GroupOffsets::fetchError))
                .forEach(
                    (partition, offset) ->
                        all.computeIfAbsent(partition, unseen -> new TreeMap<>())
                            .put(group, offset)));
    return all;
  }

  /**
   * The groups that have committed something of a topic, with what they have committed of its
   * partitions.
   */
  public Map<String, Map<Integer, Long>> readers(String topic) {
    Map<String, Map<Integer, Long>> readers = new TreeMap<>();
    all()
        .forEach(
            (partition, offsets) -> {
              if (partition.topic().equals(topic)) {
                offsets.forEach(
                    (group, offset) ->
                        readers
                            .computeIfAbsent(group, unseen -> new TreeMap<>())
                            .put(partition.partition(), offset));
              }
            });
    return readers;
  }

  /** How far a group has come in the partitions that it has committed something of. */
  public List<PartitionProgress> progress(String group) {
    List<PartitionProgress> progress = new ArrayList<>();
    new TreeMap<>(committed(group))
        .forEach(
            (partition, offset) -> {
              try {
                PartitionLog log = logs.partition(partition.topic(), partition.partition());
                progress.add(
                    new PartitionProgress(
                        partition, offset, log.logStartOffset(), log.highWatermark()));
              } catch (TopicException | StorageException gone) {
                progress.add(new PartitionProgress(partition, offset, offset, offset));
              }
            });
    return progress;
  }

  /**
   * Commits offsets of a group without members, ahead or back; they are durable when this returns.
   * Partitions that are not named keep theirs. What is committed in this way stays for good, or
   * until topic or group are deleted.
   *
   * @throws GroupException {@code HAS_MEMBERS}; {@code INVALID}
   */
  public void commit(String group, Map<PartitionId, Long> offsets) {
    if (group.isEmpty()) {
      throw new GroupException(GroupException.Code.INVALID, "A group needs a name.");
    }
    OffsetCommitRequestData request =
        new OffsetCommitRequestData().setGroupId(group).setRetentionTimeMs(KEPT_MILLIS);
    Map<String, OffsetCommitRequestTopic> topics = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            topics
                .computeIfAbsent(partition.topic(), name -> addTopic(request, name))
                .partitions()
                .add(
                    new OffsetCommitRequestPartition()
                        .setPartitionIndex(partition.partition())
                        .setCommittedOffset(offset)
                        .setCommittedMetadata("")));
    GroupCoordinator coordinator = groups.coordinator();
    OffsetCommitResponseData unused =
        patience.ask(
            () ->
                coordinator.commitOffsets(
                    new LocalCaller(ApiKeys.OFFSET_COMMIT), request, BufferSupplier.NO_CACHING),
            GroupOffsets::commitError);
  }

  /**
   * Commits offsets of a group without members within a producer's transaction: they count once it
   * has been committed. The caller keeps the transaction open meanwhile. Unlike those of {@link
   * #commit} they expire while the group is idle, since Kafka's format has no place for anything
   * else.
   *
   * @throws GroupException {@code HAS_MEMBERS}; {@code INVALID}
   */
  public void commitInTransaction(
      String group,
      Map<PartitionId, Long> offsets,
      String transactionalId,
      long producerId,
      short producerEpoch) {
    TxnOffsetCommitRequestData request =
        new TxnOffsetCommitRequestData()
            .setGroupId(group)
            .setTransactionalId(transactionalId)
            .setProducerId(producerId)
            .setProducerEpoch(producerEpoch);
    Map<String, TxnOffsetCommitRequestTopic> topics = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            topics
                .computeIfAbsent(partition.topic(), name -> addTopic(request, name))
                .partitions()
                .add(
                    new TxnOffsetCommitRequestPartition()
                        .setPartitionIndex(partition.partition())
                        .setCommittedOffset(offset)
                        .setCommittedMetadata("")));
    GroupCoordinator coordinator = groups.coordinator();
    TxnOffsetCommitResponseData unused =
        patience.ask(
            () ->
                coordinator.commitTransactionalOffsets(
                    new LocalCaller(ApiKeys.TXN_OFFSET_COMMIT), request, BufferSupplier.NO_CACHING),
            GroupOffsets::commitError);
  }

  private static TxnOffsetCommitRequestTopic addTopic(
      TxnOffsetCommitRequestData request, String name) {
    TxnOffsetCommitRequestTopic topic = new TxnOffsetCommitRequestTopic().setName(name);
    request.topics().add(topic);
    return topic;
  }

  private static Errors commitError(TxnOffsetCommitResponseData response) {
    return firstError(
        response.topics().stream()
            .flatMap(topic -> topic.partitions().stream())
            .map(TxnOffsetCommitResponsePartition::errorCode));
  }

  private static Errors firstError(Stream<Short> codes) {
    return codes
        .map(Errors::forCode)
        .filter(error -> error != Errors.NONE)
        .findFirst()
        .orElse(Errors.NONE);
  }

  /**
   * Deletes a group with its offsets; does nothing if there is none.
   *
   * @throws GroupException {@code HAS_MEMBERS}
   */
  public void delete(String group) {
    groups.ifUsed().ifPresent(coordinator -> delete(coordinator, group));
  }

  private void delete(GroupCoordinator coordinator, String group) {
    var unused =
        patience.ask(
            () ->
                coordinator.deleteGroups(
                    new LocalCaller(ApiKeys.DELETE_GROUPS),
                    List.of(group),
                    BufferSupplier.NO_CACHING),
            results -> {
              DeletableGroupResult result = results.find(group);
              Errors error = result == null ? Errors.NONE : Errors.forCode(result.errorCode());
              return error == Errors.GROUP_ID_NOT_FOUND ? Errors.NONE : error;
            });
  }

  private static OffsetCommitRequestTopic addTopic(OffsetCommitRequestData request, String name) {
    OffsetCommitRequestTopic topic = new OffsetCommitRequestTopic().setName(name);
    request.topics().add(topic);
    return topic;
  }

  private static Errors commitError(OffsetCommitResponseData response) {
    return firstError(
        response.topics().stream()
            .flatMap(topic -> topic.partitions().stream())
            .map(OffsetCommitResponsePartition::errorCode));
  }

  private static CompletableFuture<OffsetFetchResponseGroup> fetch(
      GroupCoordinator coordinator, String group) {
    return coordinator.fetchAllOffsets(
        new LocalCaller(ApiKeys.OFFSET_FETCH),
        new OffsetFetchRequestGroup().setGroupId(group).setTopics(null),
        false);
  }

  /** A group that is gone by now has no offsets. */
  private static Errors fetchError(OffsetFetchResponseGroup response) {
    Errors error = Errors.forCode(response.errorCode());
    return error == Errors.GROUP_ID_NOT_FOUND ? Errors.NONE : error;
  }

  private static Map<PartitionId, Long> offsets(OffsetFetchResponseGroup response) {
    Map<PartitionId, Long> offsets = new HashMap<>();
    for (var topic : response.topics()) {
      for (var partition : topic.partitions()) {
        if (partition.errorCode() == Errors.NONE.code() && partition.committedOffset() >= 0) {
          offsets.put(
              new PartitionId(topic.name(), partition.partitionIndex()),
              partition.committedOffset());
        }
      }
    }
    return offsets;
  }
}
