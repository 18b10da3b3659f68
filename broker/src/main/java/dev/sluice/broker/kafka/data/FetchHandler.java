package dev.sluice.broker.kafka.data;

import dev.sluice.broker.fetch.GrowthWait;
import dev.sluice.broker.kafka.BlockingHandler;
import dev.sluice.broker.kafka.Call;
import dev.sluice.broker.kafka.data.Wanted.PartitionKey;
import dev.sluice.broker.metadata.Topic;
import dev.sluice.broker.quota.ClientQuotas;
import dev.sluice.log.partition.Isolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchMetadata;
import org.apache.kafka.common.requests.FetchRequest;

/**
 * Reads records: waits until there are enough or the client's time is up, woken by appends. What is
 * sent goes from the files to the socket without being looked at.
 */
final class FetchHandler implements BlockingHandler<FetchRequest> {

  private static final short FIRST_WITH_IDS = 13;
  private static final int MAX_RESPONSE_BYTES = 55 << 20;
  private static final long MAX_WAIT_MILLIS = 60_000;

  private final TopicPartitions topics;
  private final FetchSessions sessions;
  private final ClientQuotas quotas;

  FetchHandler(TopicPartitions topics, FetchSessions sessions, ClientQuotas quotas) {
    this.topics = topics;
    this.sessions = sessions;
    this.quotas = quotas;
  }

  @Override
  public ApiKeys api() {
    return ApiKeys.FETCH;
  }

  @Override
  public AbstractResponse handle(FetchRequest request, Call call) {
    if (request.isFromFollower()) {
      throw Errors.INVALID_REQUEST.exception("There are no followers to fetch from this broker");
    }
    FetchMetadata metadata = request.metadata();
    List<Wanted> named = wanted(request);
    Optional<FetchSession> session =
        metadata.isFull()
            ? beginSession(call, metadata, named)
            : Optional.of(continueSession(request, call, metadata, named));
    List<Fetched> read =
        read(request, call, metadata.isFull() ? named : session.orElseThrow().wanted());
    try {
      List<Fetched> news = session.map(opened -> opened.news(read)).orElse(read);
      return answer(session, metadata.isFull() ? read : news, read, call);
    } catch (RuntimeException e) {
      PartitionReader.closeAll(read);
      throw e;
    }
  }

  private Optional<FetchSession> beginSession(
      Call call, FetchMetadata metadata, List<Wanted> named) {
    if (metadata.sessionId() != FetchMetadata.INVALID_SESSION_ID) {
      sessions.close(metadata.sessionId());
    }
    return metadata.epoch() == FetchMetadata.INITIAL_EPOCH
        ? sessions.open(call.version() >= FIRST_WITH_IDS, named)
        : Optional.empty();
  }

  private FetchSession continueSession(
      FetchRequest request, Call call, FetchMetadata metadata, List<Wanted> changed) {
    FetchSession session =
        sessions
            .find(metadata.sessionId())
            .orElseThrow(() -> Errors.FETCH_SESSION_ID_NOT_FOUND.exception());
    if (session.usesTopicIds() != call.version() >= FIRST_WITH_IDS) {
      throw Errors.FETCH_SESSION_TOPIC_ID_ERROR.exception();
    }
    if (!session.advance(metadata.epoch())) {
      throw Errors.INVALID_FETCH_SESSION_EPOCH.exception();
    }
    if (!sessions.update(session, changed, forgotten(request))) {
      throw Errors.FETCH_SESSION_ID_NOT_FOUND.exception();
    }
    return session;
  }

  private AbstractResponse answer(
      Optional<FetchSession> session, List<Fetched> sent, List<Fetched> read, Call call) {
    long bytes = sent.stream().mapToLong(Fetched::sizeBytes).sum();
    int throttleMillis =
        quotas.record(
            ClientQuotas.Kind.FETCH, call.identity().principal(), call.context().clientId(), bytes);
    int id = session.map(FetchSession::id).orElse(FetchMetadata.INVALID_SESSION_ID);
    return new FetchAnswer(id, sent, read, throttleMillis);
  }

  private List<Wanted> wanted(FetchRequest request) {
    List<Wanted> wanted = new ArrayList<>();
    for (FetchTopic topic : request.data().topics()) {
      String name = nameOf(topic.topic(), topic.topicId());
      for (FetchPartition partition : topic.partitions()) {
        wanted.add(
            new Wanted(
                name,
                topic.topicId(),
                partition.partition(),
                partition.currentLeaderEpoch(),
                partition.fetchOffset(),
                partition.partitionMaxBytes()));
      }
    }
    return wanted;
  }

  private String nameOf(String name, Uuid id) {
    return id.equals(Uuid.ZERO_UUID) ? name : topics.find(name, id).map(Topic::name).orElse("");
  }

  private List<PartitionKey> forgotten(FetchRequest request) {
    List<PartitionKey> forgotten = new ArrayList<>();
    for (ForgottenTopic topic : request.data().forgottenTopicsData()) {
      boolean hasId = !topic.topicId().equals(Uuid.ZERO_UUID);
      for (int partition : topic.partitions()) {
        forgotten.add(new PartitionKey(hasId ? "" : topic.topic(), topic.topicId(), partition));
      }
    }
    return forgotten;
  }

  private List<Fetched> read(FetchRequest request, Call call, List<Wanted> wanted) {
    Isolation isolation = Isolations.of(request.data().isolationLevel());
    PartitionReader reader = new PartitionReader(topics, call, isolation);
    int maxBytes = Math.clamp(request.maxBytes(), 0, MAX_RESPONSE_BYTES);
    long minBytes = Math.min(request.minBytes(), mostBytes(wanted, maxBytes));
    long deadline =
        System.nanoTime() + Math.clamp(request.maxWait(), 0, MAX_WAIT_MILLIS) * 1_000_000;
    while (true) {
      GrowthWait wait = new GrowthWait(isolation);
      List<Fetched> read = readOnce(reader, wanted, maxBytes, wait);
      long missingBytes = missingBytes(read, minBytes);
      long leftNanos = deadline - System.nanoTime();
      if (missingBytes <= 0
          || leftNanos <= 0
          || !await(read, wait, missingBytes, leftNanos, call)) {
        return read;
      }
      PartitionReader.closeAll(read);
    }
  }

  /** What a response can have, so that nobody waits for more. */
  private static long mostBytes(List<Wanted> wanted, int maxBytes) {
    long ofPartitions = wanted.stream().mapToLong(one -> Math.max(0, one.maxBytes())).sum();
    return Math.min(maxBytes, ofPartitions);
  }

  private static List<Fetched> readOnce(
      PartitionReader reader, List<Wanted> wanted, int maxBytes, GrowthWait wait) {
    List<Fetched> read = new ArrayList<>(wanted.size());
    int room = maxBytes;
    boolean isFirst = true;
    for (Wanted one : wanted) {
      Fetched fetched = reader.read(one, room, isFirst, wait);
      room -= fetched.sizeBytes();
      isFirst &= !fetched.hasRecords();
      read.add(fetched);
    }
    return read;
  }

  /** How much more the client waits for: nothing where there is an error, or nothing to read. */
  private static long missingBytes(List<Fetched> read, long minBytes) {
    long bytes = 0;
    for (Fetched one : read) {
      if (one.hasError()) {
        return 0;
      }
      bytes += one.availableBytes();
    }
    return read.isEmpty() ? 0 : minBytes - bytes;
  }

  /** Whether to read again; lets go of what was read if it fails. */
  private static boolean await(
      List<Fetched> read, GrowthWait wait, long missingBytes, long nanos, Call call) {
    try {
      return wait.await(missingBytes, Duration.ofNanos(nanos), call.ended());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException e) {
      PartitionReader.closeAll(read);
      throw e;
    }
  }
}
