package dev.sluice.broker.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.log.LogMetrics;
import dev.sluice.log.StorageException;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.Isolation;
import dev.sluice.log.partition.ManualClock;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TransactionResult;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.jspecify.annotations.Nullable;

/** A broker with a coordinator, on storage in memory that can crash, with a clock set by hand. */
final class TestCoordinator implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(30);
  static final int TIMEOUT_MILLIS = 60_000;
  static final int MAX_IDS = 40;
  static final Path DIRECTORY = Path.of("/data");

  final FaultyStorage storage;
  final ManualClock clock;
  final List<String> offsetMarkers = new CopyOnWriteArrayList<>();
  final Broker broker;
  final TransactionCoordinator coordinator;

  /** Topics whose partitions are offline. */
  final Set<String> offline = ConcurrentHashMap.newKeySet();

  volatile @Nullable RuntimeException offsetsFailure;
  private final Map<String, Integer> sequences = new HashMap<>();

  TestCoordinator() {
    this(new FaultyStorage(1), new ManualClock(), LONG);
  }

  TestCoordinator(Duration patience) {
    this(new FaultyStorage(1), new ManualClock(), patience);
  }

  /**
   * On what there is.
   *
   * @param patience how long requests wait for each other
   * @param unavailable topics that are offline from the beginning
   */
  TestCoordinator(
      FaultyStorage storage, ManualClock clock, Duration patience, String... unavailable) {
    this.storage = storage;
    this.clock = clock;
    this.offline.addAll(List.of(unavailable));
    this.broker = Broker.open(DIRECTORY, storage, clock, LogMetrics.NONE);
    TransactionSettings settings =
        new TransactionSettings(
            TransactionSettings.DEFAULT.maxTimeout(),
            TransactionSettings.DEFAULT.idExpiration(),
            patience,
            MAX_IDS);
    this.coordinator =
        TransactionCoordinator.start(
            new TransactionPorts(
                broker.metadata(), broker.topics(), this::log, this::markOffsets, clock),
            settings);
  }

  private PartitionLog log(String topic, int partition) {
    if (offline.contains(topic)) {
      throw new StorageException(
          StorageException.Code.OFFLINE, topic + " is offline", "Wait for the test to end that");
    }
    return broker.partition(topic, partition);
  }

  private CompletableFuture<Void> markOffsets(
      TopicPartition partition, long id, short epoch, int coordinator, TransactionResult result) {
    RuntimeException failure = offsetsFailure;
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    offsetMarkers.add(partition + " " + id + " " + epoch + " " + result);
    return CompletableFuture.completedFuture(null);
  }

  void createTopic(String name) {
    if (broker.topics().find(name).isEmpty()) {
      assertThat(broker.topics().create(name, 2, TopicConfig.FOREVER)).isNotNull();
    }
  }

  ProducerIdentity begin(String id) {
    return success(coordinator.initialize(id, TIMEOUT_MILLIS, Optional.empty())).producer();
  }

  static Answer success(CompletableFuture<Answer> answer) {
    Answer now = answer.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(now.error()).isEqualTo(Errors.NONE);
    return now;
  }

  /** Appends in a transaction, as a producer of the second generation. */
  AppendResult append(String id, ProducerIdentity producer, TopicPartition to, String value) {
    CompletableFuture<AppendResult> appended;
    try (TransactionGate.Pass unused =
        coordinator.gate().enter(id, producer.id(), producer.epoch(), Set.of(to), true)) {
      appended = appendUnasked(producer, to, value);
    }
    return appended.join();
  }

  /** Appends without asking the gate. */
  CompletableFuture<AppendResult> appendUnasked(
      ProducerIdentity producer, TopicPartition to, String value) {
    int sequence = sequences.merge(to + " " + producer, 1, Integer::sum) - 1;
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.producer(producer.id(), producer.epoch(), sequence, true);
    builder.append(clock.millis(), null, value.getBytes(StandardCharsets.UTF_8));
    return broker.partition(to.topic(), to.partition()).append(builder);
  }

  /** The values that a reader of committed records sees. */
  List<String> committed(TopicPartition from) {
    PartitionLog log = broker.partition(from.topic(), from.partition());
    List<String> values = new ArrayList<>();
    Set<Long> aborted = new HashSet<>();
    List<AbortedTransaction> left =
        new ArrayList<>(log.transactions().aborted(0, log.highWatermark()));
    long offset = log.logStartOffset();
    while (offset < log.transactions().lastStableOffset()) {
      ReadResult read = log.read(offset, 100_000, Isolation.READ_COMMITTED);
      for (RecordBatch batch : read.batches()) {
        left.stream()
            .filter(gone -> gone.firstOffset() <= batch.baseOffset())
            .forEach(gone -> aborted.add(gone.producerId()));
        left.removeIf(gone -> gone.firstOffset() <= batch.baseOffset());
        if (batch.isControl()) {
          aborted.remove(batch.producerId());
        } else if (!batch.isTransactional() || !aborted.contains(batch.producerId())) {
          for (LogRecord record : batch.records()) {
            values.add(new String(record.valueBytes(), StandardCharsets.UTF_8));
          }
        }
      }
      offset = read.nextOffset();
    }
    return values;
  }

  /** Whether no transaction is open in a partition. */
  boolean isClosed(TopicPartition partition) {
    PartitionLog log = broker.partition(partition.topic(), partition.partition());
    return log.transactions().lastStableOffset() == log.highWatermark();
  }

  /** Waits until a transactional id has come to a state. */
  void await(String id, TransactionState state) {
    while (true) {
      CoordinatedId found = coordinator.find(id).orElseThrow();
      // Asks for nothing, but tells of the next change.
      CoordinatedId.Turn turn =
          found.take(new TransactionEvent.Expire(Long.MIN_VALUE), clock.millis());
      Transaction now = found.durable();
      if (now != null && now.state() == state) {
        return;
      }
      if (turn == null) {
        throw new AssertionError(id + " is gone");
      }
      turn.nextChange().copy().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
    }
  }

  /** Waits until what was there at the start has been read. */
  void awaitLoaded() {
    Void unused = coordinator.loaded().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** As kill -9 does, or a power cut: nothing is closed, and what is not forced may be lost. */
  TestCoordinator crash(FaultyStorage.Loss loss) {
    storage.crashAfter(1, loss);
    close();
    storage.restart(loss);
    return new TestCoordinator(storage, clock, LONG);
  }

  TestCoordinator restart() {
    close();
    return new TestCoordinator(storage, clock, LONG);
  }

  @Override
  public void close() {
    coordinator.close();
    broker.close();
  }
}
