package dev.sluice.log.compaction;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.io.DiskFullException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.producer.TransactionIndex;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a rewritten segment in the place of those that it was made of, so that a crash at any point
 * leaves either them or it. The rewritten segment is made in a directory of its own beside the
 * segments, under its final names. Steps:
 *
 * <ol>
 *   <li>It is complete and durable ({@link SegmentRewriter}).
 *   <li>{@link #commit} writes down durably what is to be replaced: from here on it will be done.
 *   <li>{@link #carryOut} deletes what is replaced and all that was derived from it, moves the new
 *       files to their place, and then removes the intent.
 *   <li>{@link #complete}, at every start, does the third step again if the intent is there, and
 *       removes what lies in the directory if it is not.
 * </ol>
 *
 * Intent, payload (big endian): int64 size of the new log file, int32 count, int64 base offset of
 * each segment that is replaced; the first is the new one's too. Not thread-safe.
 */
public final class SegmentSwap {

  /** Where rewritten segments are made, in the partition's directory. */
  public static final String DIRECTORY = "compacting";

  /** Says which swap is under way. */
  public static final String INTENT_FILE = "compaction.intent";

  private static final int VERSION = 1;

  /** What belongs to a segment beside its log file. */
  private static final List<String> DERIVED =
      List.of(SegmentNames.OFFSET_INDEX, SegmentNames.TIME_INDEX, TransactionIndex.SUFFIX);

  /**
   * A swap.
   *
   * @param replaced base offsets of the segments that go, in order; the first is the new one's
   * @param sizeBytes of the new log file
   */
  public record Intent(List<Long> replaced, long sizeBytes) {

    /** Where the new segment begins. */
    public long baseOffset() {
      return replaced.getFirst();
    }
  }

  private final Storage storage;
  private final Path directory;
  private final AtomicFile intentFile;

  /** Swaps in the directory of a partition. */
  public SegmentSwap(Storage storage, Path directory) {
    this.storage = storage;
    this.directory = directory;
    this.intentFile = new AtomicFile(storage, directory.resolve(INTENT_FILE));
  }

  /** Where the rewritten segment is made. */
  Path workshop() {
    return directory.resolve(DIRECTORY);
  }

  /**
   * Writes the intent down: once this returns the swap will be done, now or at the next start.
   *
   * @throws StorageException {@code DISK_FULL} or {@code IO} if nothing has changed
   * @throws IOException if it is unknown whether the next start will find the intent
   */
  public void commit(Intent intent) throws IOException {
    ByteBuffer payload =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES * intent.replaced().size());
    payload.putLong(intent.sizeBytes()).putInt(intent.replaced().size());
    intent.replaced().forEach(payload::putLong);
    try {
      intentFile.write(VERSION, payload.flip());
    } catch (IOException e) {
      storage.delete(intentPath());
      storage.syncDirectory(directory);
      throw new StorageException(
          e instanceof DiskFullException ? Code.DISK_FULL : Code.IO,
          "Could not begin to swap segments in " + directory + ": " + e.getMessage(),
          "Nothing is lost, compaction tries again; check space and health of the disk",
          e);
    }
  }

  /**
   * Carries a committed swap out; doing so again does no harm.
   *
   * @throws IOException if it was not completed; the next start will
   * @throws StorageException {@code CORRUPT} if the new segment is not there, or not what it was
   */
  public void carryOut(Intent intent) throws IOException {
    long base = intent.baseOffset();
    checkNew(intent);
    for (long replaced : intent.replaced()) {
      if (replaced != base) {
        deleteDerived(replaced);
        storage.delete(SegmentNames.path(directory, replaced, SegmentNames.LOG));
      }
    }
    if (storage.exists(SegmentNames.path(workshop(), base, SegmentNames.LOG))) {
      // Once its log file is in place, what is beside it may be the new segment's already.
      deleteDerived(base);
      storage.syncDirectory(directory);
      move(base, SegmentNames.LOG);
    }
    for (String ending : DERIVED) {
      move(base, ending);
    }
    storage.syncDirectory(directory);
    storage.syncDirectory(workshop());
    storage.delete(intentPath());
    storage.syncDirectory(directory);
  }

  private void deleteDerived(long baseOffset) throws IOException {
    for (String ending : DERIVED) {
      storage.delete(SegmentNames.path(directory, baseOffset, ending));
    }
  }

  /**
   * Completes at the start what an earlier process has left: to be called before segments are
   * looked for.
   *
   * @throws StorageException {@code CORRUPT} if the intent, or what it is about, is damaged
   */
  public void complete() throws IOException {
    Optional<Intent> intent = read();
    if (intent.isPresent()) {
      carryOut(intent.get());
    }
    clear();
  }

  /**
   * Removes what lies in the workshop.
   *
   * @throws IOException if a swap is committed but not carried out
   */
  void clear() throws IOException {
    if (storage.exists(intentPath())) {
      throw new IOException("A swap of segments in " + directory + " is not completed");
    }
    if (storage.exists(workshop())) {
      for (Storage.Entry entry : storage.list(workshop())) {
        storage.delete(workshop().resolve(entry.name()));
      }
      storage.delete(workshop());
    }
  }

  private void move(long baseOffset, String ending) throws IOException {
    Path from = SegmentNames.path(workshop(), baseOffset, ending);
    if (storage.exists(from)) {
      storage.rename(from, SegmentNames.path(directory, baseOffset, ending));
    }
  }

  /** Nothing is deleted before what takes its place is known to be there. */
  private void checkNew(Intent intent) throws IOException {
    Path made = SegmentNames.path(workshop(), intent.baseOffset(), SegmentNames.LOG);
    Path placed = SegmentNames.path(directory, intent.baseOffset(), SegmentNames.LOG);
    Path there = storage.exists(made) ? made : placed;
    long size = -1;
    if (storage.exists(there)) {
      try (StorageFile file = storage.openToRead(there)) {
        size = file.sizeBytes();
      }
    }
    if (size != intent.sizeBytes()) {
      throw corrupt(
          "The compacted segment of " + intent.sizeBytes() + " bytes is missing", there, null);
    }
  }

  private Optional<Intent> read() throws IOException {
    Optional<AtomicFile.Content> content;
    try {
      content = intentFile.read();
    } catch (AtomicFile.CorruptException e) {
      throw corrupt("Can't tell which segments are to be replaced", intentPath(), e);
    }
    return content.map(this::decode);
  }

  private Intent decode(AtomicFile.Content content) {
    ByteBuffer payload = content.payload();
    if (content.version() != VERSION || payload.remaining() < Long.BYTES + Integer.BYTES) {
      throw corrupt(
          "Version " + content.version() + " where " + VERSION + " is known", intentPath(), null);
    }
    long size = payload.getLong();
    int count = payload.getInt();
    if (count < 1 || payload.remaining() != (long) count * Long.BYTES) {
      throw corrupt("A list of " + count + " segments", intentPath(), null);
    }
    List<Long> replaced = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replaced.add(payload.getLong());
    }
    return new Intent(List.copyOf(replaced), size);
  }

  private Path intentPath() {
    return directory.resolve(INTENT_FILE);
  }

  private static StorageException corrupt(String problem, Path file, @Nullable Throwable cause) {
    return new StorageException(
        Code.CORRUPT,
        problem,
        file,
        0,
        "Restore the partition's directory from a backup or a replica",
        cause);
  }
}
