package dev.sluice.broker.transaction;

import dev.sluice.broker.topic.TopicException;
import dev.sluice.broker.transaction.TransactionEvent.AddPartitions;
import dev.sluice.broker.transaction.TransactionEvent.End;
import dev.sluice.broker.transaction.TransactionEvent.Initialize;
import dev.sluice.broker.transaction.TransactionEvent.Request;
import dev.sluice.log.StorageException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Coordinates transactions (KIP-98, KIP-360, KIP-890): who may write in a producer's name, which
 * partitions a transaction has touched, and how it ends. Thread-safe.
 *
 * <p>Nothing is created until a producer asks for a transactional id. If there are any from before,
 * they are read when this starts, in the background, and what was left half done is finished.
 *
 * <p>The order that everything rests on: the decision is durable, then markers are written, then
 * that they are is durable, then the next transaction may begin.
 */
public final class TransactionCoordinator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionCoordinator.class);

  /** Bounds what the number of ids costs; Kafka's protocol allows 32,767. */
  private static final int MAX_ID_LENGTH = 1024;

  private final TransactionPorts ports;
  private final TransactionSettings settings;
  private final ProducerIds producerIds;
  private final MarkerWriter markers;
  private volatile @Nullable TransactionEngine engine;
  private volatile CompletableFuture<Void> loaded = CompletableFuture.completedFuture(null);
  private boolean isClosed;

  private TransactionCoordinator(TransactionPorts ports, TransactionSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.producerIds = new ProducerIds(ports.metadata());
    this.markers = new MarkerWriter(ports.logs(), ports.offsets());
  }

  /** Starts; returns before what is there has been read. */
  public static TransactionCoordinator start(TransactionPorts ports, TransactionSettings settings) {
    TransactionCoordinator coordinator = new TransactionCoordinator(ports, settings);
    coordinator.resume();
    return coordinator;
  }

  /** Completes when what was there at the start has been read, as far as it can be. */
  public CompletableFuture<Void> loaded() {
    return loaded.copy();
  }

  private synchronized void resume() {
    StateTopic.find(ports)
        .ifPresent(
            topic -> {
              TransactionEngine resumed = engineOf(topic);
              engine = resumed;
              loaded = resumed.loadInBackground();
              resumed.startTicking();
            });
  }

  private TransactionEngine engineOf(StateTopic topic) {
    return new TransactionEngine(topic, ports, settings, producerIds, markers);
  }

  /** The engine, which is made, together with its topic, when it is needed for the first time. */
  private synchronized TransactionEngine ensureEngine() {
    TransactionEngine there = engine;
    if (there == null) {
      if (isClosed) {
        throw Errors.COORDINATOR_NOT_AVAILABLE.exception();
      }
      there = engineOf(StateTopic.ensure(ports));
      there.load();
      there.startTicking();
      engine = there;
    }
    return there;
  }

  /** A producer without transactions begins its work; blocks at times for the disk. */
  public Answer newProducer() {
    try {
      return Answer.of(new ProducerIdentity(producerIds.next(), (short) 0));
    } catch (StorageException failure) {
      LOG.warn("No producer id could be reserved: {}", failure.getMessage());
      return Answer.refused(Errors.COORDINATOR_LOAD_IN_PROGRESS);
    }
  }

  /**
   * A producer with transactions begins its work, or goes on after an error.
   *
   * @param expected who it was, in the latter case
   * @return who it is now; never fails. {@code POLICY_VIOLATION} if its transactional id is too
   *     long, or one too many
   */
  public CompletableFuture<Answer> initialize(
      String transactionalId, int timeoutMillis, Optional<ProducerIdentity> expected) {
    if (transactionalId.isEmpty()) {
      return refused(Errors.INVALID_REQUEST);
    }
    if (transactionalId.length() > MAX_ID_LENGTH) {
      return refused(Errors.POLICY_VIOLATION);
    }
    if (timeoutMillis <= 0 || timeoutMillis > settings.maxTimeout().toMillis()) {
      return refused(Errors.INVALID_TRANSACTION_TIMEOUT);
    }
    try {
      return ensureEngine()
          .requests()
          .ask(
              transactionalId,
              new Initialize(timeoutMillis, expected, ProducerIdentity.NO_ID),
              settings.patience());
    } catch (StorageException | TopicException failure) {
      LOG.warn("{} could not be created: {}", StatePartition.TOPIC, failure.getMessage());
      return refused(Errors.COORDINATOR_NOT_AVAILABLE);
    }
  }

  /**
   * A producer touches partitions in its transaction, which begins with that if need be.
   *
   * @param endsEpoch whether the client ends its epoch with the transaction (KIP-890, part 2)
   * @return never fails; done when that is durable
   */
  public CompletableFuture<Answer> addPartitions(
      String transactionalId,
      ProducerIdentity producer,
      Set<TopicPartition> partitions,
      boolean endsEpoch) {
    return ask(
        transactionalId,
        new AddPartitions(
            producer,
            partitions,
            endsEpoch ? Transaction.EPOCH_PER_TRANSACTION : Transaction.EPOCH_PER_PRODUCER));
  }

  /**
   * A producer ends its transaction.
   *
   * @param endsEpoch whether its epoch ends with it; the answer has the next one then
   * @return never fails; done when it is durable how the transaction ends
   */
  public CompletableFuture<Answer> end(
      String transactionalId,
      ProducerIdentity producer,
      TransactionResult result,
      boolean endsEpoch) {
    return ask(transactionalId, new End(producer, result, endsEpoch, ProducerIdentity.NO_ID));
  }

  private CompletableFuture<Answer> ask(String transactionalId, Request request) {
    if (transactionalId.isEmpty()) {
      return refused(Errors.INVALID_REQUEST);
    }
    TransactionEngine there = engine;
    return there == null
        ? refused(Errors.INVALID_PRODUCER_ID_MAPPING)
        : there.requests().ask(transactionalId, request, settings.patience());
  }

  /**
   * Whether partitions belong to a producer's transaction.
   *
   * @return {@code NONE} if so, {@code TRANSACTION_ABORTABLE} if not, or why the question is wrong
   */
  public Errors verify(
      String transactionalId, ProducerIdentity producer, Set<TopicPartition> partitions) {
    if (transactionalId.isEmpty()) {
      return Errors.INVALID_REQUEST;
    }
    TransactionEngine there = engine;
    if (there == null) {
      return Errors.INVALID_PRODUCER_ID_MAPPING;
    }
    StatePartition home = there.topic().of(transactionalId);
    if (home.unavailable() != Errors.NONE) {
      return home.unavailable();
    }
    CoordinatedId id = home.find(transactionalId);
    return TransactionRules.verify(id == null ? null : id.durable(), producer, partitions);
  }

  /** The gate for appends within transactions. */
  public TransactionGate gate() {
    return new CoordinatedGate(this);
  }

  /** A transactional id, if it is known and can be used. */
  Optional<CoordinatedId> find(String transactionalId) {
    TransactionEngine there = engine;
    return there == null
        ? Optional.empty()
        : Optional.ofNullable(there.topic().of(transactionalId).find(transactionalId));
  }

  /**
   * What is known of a transactional id.
   *
   * @throws org.apache.kafka.common.errors.ApiException {@code TRANSACTIONAL_ID_NOT_FOUND}, {@code
   *     INVALID_REQUEST}, {@code COORDINATOR_LOAD_IN_PROGRESS}, {@code COORDINATOR_NOT_AVAILABLE}
   */
  public Transaction describe(String transactionalId) {
    if (transactionalId.isEmpty()) {
      throw Errors.INVALID_REQUEST.exception();
    }
    TransactionEngine there = engine;
    if (there != null) {
      requireAvailable(there.topic().of(transactionalId));
    }
    return find(transactionalId)
        .map(CoordinatedId::durable)
        .orElseThrow(Errors.TRANSACTIONAL_ID_NOT_FOUND::exception);
  }

  /**
   * All transactional ids.
   *
   * @throws org.apache.kafka.common.errors.ApiException {@code COORDINATOR_LOAD_IN_PROGRESS},
   *     {@code COORDINATOR_NOT_AVAILABLE}
   */
  public SortedMap<String, Transaction> list() {
    SortedMap<String, Transaction> all = new TreeMap<>();
    TransactionEngine there = engine;
    if (there != null) {
      there.topic().partitions().forEach(TransactionCoordinator::requireAvailable);
      for (StatePartition partition : there.topic().partitions()) {
        for (CoordinatedId id : partition.ids()) {
          Transaction transaction = id.durable();
          if (transaction != null) {
            all.put(id.name(), transaction);
          }
        }
      }
    }
    return all;
  }

  private static void requireAvailable(StatePartition partition) {
    if (partition.unavailable() != Errors.NONE) {
      throw partition.unavailable().exception();
    }
  }

  /**
   * Ends a transaction in one partition, whatever is known of it here: how people get rid of one
   * that no coordinator knows (KIP-664).
   *
   * @param coordinatorEpoch as in the request. What is above our own is lowered to it, for it would
   *     keep our own markers out of the partition
   * @return fails as {@code PartitionLogs} and {@code OffsetsMarker} do
   */
  public CompletableFuture<?> writeMarker(
      TopicPartition partition,
      ProducerIdentity producer,
      int coordinatorEpoch,
      TransactionResult result) {
    return markers.write(
        partition, producer, Math.min(coordinatorEpoch, MarkerWriter.COORDINATOR_EPOCH), result);
  }

  /** Does what is due by the clock; for tests, which have clocks of their own. */
  void tick() {
    TransactionEngine there = engine;
    if (there != null) {
      there.tick();
    }
  }

  private static CompletableFuture<Answer> refused(Errors error) {
    return CompletableFuture.completedFuture(Answer.refused(error));
  }

  /** Stops; to be called before the logs are closed. What is undone is done at the next start. */
  @Override
  public synchronized void close() {
    isClosed = true;
    TransactionEngine there = engine;
    if (there != null) {
      there.close();
    }
  }
}
