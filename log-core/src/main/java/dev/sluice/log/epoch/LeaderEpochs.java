package dev.sluice.log.epoch;

import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The leader epochs of a partition, kept in a file. One writer at a time, under its owner's lock;
 * readers on any thread see an immutable copy. If a write fails, memory is as it was, and the file
 * is as it was or new.
 *
 * <p>The file is an {@link AtomicFile}. Payload, version 1 (big endian): int32 number of epochs;
 * each: int32 epoch, int64 start offset.
 */
public final class LeaderEpochs {

  /** Its name in the partition's directory. */
  public static final String FILE_NAME = "leader-epoch-checkpoint";

  private static final int VERSION = 1;
  private static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES;

  private final AtomicFile file;
  private volatile EpochHistory history;

  private LeaderEpochs(AtomicFile file, EpochHistory history) {
    this.file = file;
    this.history = history;
  }

  /**
   * Reads the file of a partition's directory, none if it is not there. It may lag behind the log:
   * cut it to the log with {@link #truncateFromEnd} and {@link #truncateFromStart}, and {@link
   * #assign} what recovery finds behind.
   *
   * @throws AtomicFile.CorruptException if it is damaged; rebuild the history from the batches'
   *     leader epochs then, and {@link #create} it
   */
  public static LeaderEpochs open(Storage storage, Path directory) throws IOException {
    AtomicFile file = file(storage, directory);
    Optional<AtomicFile.Content> content = file.read();
    EpochHistory history = content.isPresent() ? decode(content.get()) : EpochHistory.EMPTY;
    return new LeaderEpochs(file, history);
  }

  /** Writes the file anew, durably. */
  public static LeaderEpochs create(Storage storage, Path directory, EpochHistory history)
      throws IOException {
    LeaderEpochs epochs = new LeaderEpochs(file(storage, directory), EpochHistory.EMPTY);
    epochs.write(history);
    return epochs;
  }

  /** What is known now. */
  public EpochHistory history() {
    return history;
  }

  /**
   * Notes that a leader writes from an offset on; see {@link EpochHistory#with}. Durable when this
   * returns; no I/O if it is known already.
   *
   * @return whether anything changed
   */
  public boolean assign(int epoch, long startOffset) throws IOException {
    return replace(history.with(new EpochStart(epoch, startOffset)));
  }

  /**
   * The log has been cut off at an offset: forgets the epochs that began there or behind. Durable
   * when this returns, lest records of an older epoch take their place and a restart finds them
   * under the wrong one.
   */
  public boolean truncateFromEnd(long endOffset) throws IOException {
    return replace(history.before(endOffset));
  }

  /**
   * The log begins at an offset now: forgets the epochs that ended before it. Not durable until the
   * next change: repeat it with the log start when the file has been read again.
   */
  public void truncateFromStart(long startOffset) {
    history = history.from(startOffset);
  }

  /** Forgets all epochs, durably. */
  public void clear() throws IOException {
    boolean unused = replace(EpochHistory.EMPTY);
  }

  public Optional<EpochStart> latest() {
    return history.latest();
  }

  public OptionalInt epochForOffset(long offset) {
    return history.epochForOffset(offset);
  }

  /** See {@link EpochHistory#endOffsetFor}. */
  public EpochEnd endOffsetFor(int requestedEpoch, long logEndOffset) {
    return history.endOffsetFor(requestedEpoch, logEndOffset);
  }

  public boolean isEmpty() {
    return history.isEmpty();
  }

  private boolean replace(EpochHistory next) throws IOException {
    if (next.equals(history)) {
      return false;
    }
    write(next);
    return true;
  }

  private void write(EpochHistory next) throws IOException {
    ByteBuffer payload =
        ByteBuffer.allocate(Integer.BYTES + ENTRY_BYTES * next.starts().size())
            .putInt(next.starts().size());
    for (EpochStart start : next.starts()) {
      payload.putInt(start.epoch()).putLong(start.startOffset());
    }
    file.write(VERSION, payload.flip());
    history = next;
  }

  private static AtomicFile file(Storage storage, Path directory) {
    return new AtomicFile(storage, directory.resolve(FILE_NAME));
  }

  private static EpochHistory decode(AtomicFile.Content content)
      throws AtomicFile.CorruptException {
    ByteBuffer payload = content.payload();
    int count = payload.remaining() < Integer.BYTES ? -1 : payload.getInt();
    if (content.version() != VERSION
        || count < 0
        || payload.remaining() != (long) ENTRY_BYTES * count) {
      throw new AtomicFile.CorruptException(
          FILE_NAME + " has version " + content.version() + " and " + count + " epochs");
    }
    List<EpochStart> starts = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        starts.add(new EpochStart(payload.getInt(), payload.getLong()));
      }
      return new EpochHistory(starts);
    } catch (IllegalArgumentException e) {
      throw new AtomicFile.CorruptException(FILE_NAME + ": " + e.getMessage());
    }
  }
}
