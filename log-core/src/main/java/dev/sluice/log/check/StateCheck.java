package dev.sluice.log.check;

import dev.sluice.log.StorageException;
import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.epoch.EpochHistory;
import dev.sluice.log.epoch.LeaderEpochs;
import dev.sluice.log.producer.AbortedTransaction;
import dev.sluice.log.producer.BatchFacts;
import dev.sluice.log.producer.CompletedTransaction;
import dev.sluice.log.producer.CorruptStateException;
import dev.sluice.log.producer.ProducerSnapshot;
import dev.sluice.log.producer.ProducerStates;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what is kept of producers, transactions and leader epochs against the batches of the log,
 * which are shown to it in order. All of it is derived: what is wrong is a warning. Not
 * thread-safe.
 */
final class StateCheck {

  private static final String INDEX_CURE =
      "Until it is made anew, readers of committed records may see aborted ones: stop Sluice and delete"
          + " this file and partition.checkpoint, and the next start reads it from the log";
  private static final String SNAPSHOT_CURE =
      "Nothing: the producers are read from the log instead";
  private static final String EPOCHS_CURE =
      "If the log is right, empty the file while Sluice is stopped: it is made anew from the log";

  private final Scope scope;
  private final Path epochsPath;
  private final EpochHistory epochs;
  private final ProducerStates producers = new ProducerStates();
  private final Set<Expected> aborted = new HashSet<>();
  private boolean areEpochsTold;
  private boolean isSilent;

  /** A transaction that readers of committed data have to leave out. */
  private record Expected(long producerId, long firstOffset, long lastOffset) {}

  StateCheck(Scope scope) throws IOException {
    this.scope = scope;
    this.epochsPath = scope.directory().resolve(LeaderEpochs.FILE_NAME);
    this.epochs = readEpochs();
    this.areEpochsTold = epochs.isEmpty();
  }

  /** The next batch of a segment. */
  void see(long segmentBaseOffset, RecordBatch batch) {
    if (!areEpochsTold && scope.isDurable(segmentBaseOffset, batch.baseOffset())) {
      compareEpoch(batch);
    }
    if (!batch.hasProducerId()) {
      return;
    }
    try {
      Optional<CompletedTransaction> ended = producers.apply(BatchFacts.of(batch.bytes(), 0), 0);
      if (ended.isPresent()
          && ended.get().isAborted()
          && scope.isDurable(segmentBaseOffset, batch.baseOffset())) {
        CompletedTransaction of = ended.get();
        aborted.add(new Expected(of.producerId(), of.firstOffset(), of.lastOffset()));
      }
    } catch (StorageException e) {
      giveUp(); // A malformed marker, of which the check of its records tells.
    }
  }

  /** The log is damaged: what was derived from it can't be compared any more. */
  void giveUp() {
    isSilent = true;
  }

  /** A segment ends: its index has every aborted transaction whose marker it holds. */
  void end(long segmentBaseOffset) throws IOException {
    Path path = SegmentNames.path(scope.directory(), segmentBaseOffset, TransactionIndex.SUFFIX);
    try (TransactionIndex index = new TransactionIndex(scope.storage(), path, segmentBaseOffset)) {
      index.check();
      if (!isSilent) {
        for (AbortedTransaction found : index.all()) {
          aborted.remove(new Expected(found.producerId(), found.firstOffset(), found.lastOffset()));
        }
        aborted.forEach(
            missing -> warn(path, "It lacks the aborted transaction " + missing, INDEX_CURE));
      }
    } catch (CorruptStateException e) {
      warn(path, "It is damaged: " + e.getMessage(), INDEX_CURE);
    }
    aborted.clear();
  }

  /** Reads the snapshots of producers. */
  void snapshots(List<String> names) throws IOException {
    for (String name : names) {
      if (SegmentNames.baseOffset(name, ProducerSnapshot.SUFFIX).isPresent()) {
        Path path = scope.directory().resolve(name);
        try {
          var unused = ProducerSnapshot.read(scope.storage(), path);
        } catch (CorruptStateException e) {
          warn(path, "It is damaged: " + e.getMessage(), SNAPSHOT_CURE);
        }
      }
    }
  }

  private void compareEpoch(RecordBatch batch) {
    int known = epochs.epochForOffset(batch.baseOffset()).orElse(-1);
    if (known != batch.leaderEpoch()) {
      areEpochsTold = true;
      warn(
          epochsPath,
          "It says that offset "
              + batch.baseOffset()
              + " is of leader epoch "
              + known
              + ", but the log says "
              + batch.leaderEpoch(),
          EPOCHS_CURE);
    }
  }

  private EpochHistory readEpochs() throws IOException {
    try {
      return LeaderEpochs.open(scope.storage(), scope.directory()).history();
    } catch (AtomicFile.CorruptException e) {
      warn(epochsPath, "It is damaged: " + e.getMessage(), EPOCHS_CURE);
      return EpochHistory.EMPTY;
    }
  }

  private void warn(Path path, String problem, String cure) {
    scope.findings().warning(path, 0, problem, cure);
  }
}
