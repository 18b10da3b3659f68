package dev.sluice.source.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one file name. The file is kept open, so that a rotated one is read to its end under
 * whatever name it has; it counts as ended when it no longer has the name and was left alone for
 * the settle time. Then the next younger one is read, up to the one that has the name now. A file
 * that is emptied in place (copytruncate) is read from its beginning.
 *
 * <p>One position, {@code {"file": path}}, of the file being read.
 */
final class TailFollower implements Follower {

  private static final Logger LOG = LoggerFactory.getLogger(TailFollower.class);

  private final FileOptions options;
  private final Clock clock;
  private final Path directory;
  private final Rotation rotation;
  private final Map<String, Object> partition;

  /** Where the file that is read, or was read last, stands; null before the first one. */
  private @Nullable FilePosition position;

  /** The file being read, or null when there is none. */
  private @Nullable RecordReader reader;

  /** When the file was last seen to grow or to have its name. */
  private Instant aliveAt;

  private long lastSizeBytes;
  private boolean idle = true;
  private boolean missedOnce;

  TailFollower(FileOptions options, Clock clock, Optional<FilePosition> last) {
    this.options = options;
    this.clock = clock;
    this.directory = Objects.requireNonNull(options.path().getParent());
    this.rotation = new Rotation(String.valueOf(options.path().getFileName()));
    this.partition = partitionOf(options.path());
    this.position = last.orElse(null);
    this.aliveAt = clock.instant();
  }

  static Map<String, Object> partitionOf(Path path) {
    return Map.of("file", path.toString());
  }

  @Override
  public boolean idle() {
    return idle;
  }

  @Override
  public void follow(BatchBuilder batch) throws IOException {
    if (reader == null) {
      Optional<List<FileFacts>> listing = rotation.look(directory);
      if (listing.isPresent()) {
        takeUp(listing.get());
      }
    }
    boolean more = true;
    while (more && reader != null && position != null) {
      more = read(reader, position, batch);
    }
    idle = !batch.full();
  }

  /**
   * Reads on in the open file, and goes on to the next one when it has ended.
   *
   * @return whether another file was opened
   */
  private boolean read(RecordReader current, FilePosition from, BatchBuilder batch)
      throws IOException {
    RecordReader open = current;
    FilePosition at = from;
    if (!current.resume(idle)) {
      LOG.info("{} was emptied or written anew; it is read from its beginning", from.name());
      at = from.restarted();
      open = current.restarted(at);
      reader = open;
    }
    open.readInto(batch);
    boolean ended = false;
    List<FileFacts> listing = List.of();
    Optional<List<FileFacts>> seen = batch.full() ? Optional.empty() : rotation.look(directory);
    if (seen.isPresent()) {
      listing = seen.get();
      Optional<FileFacts> facts = listing.stream().filter(at::mayBe).findFirst();
      at = facts.map(at::seenAs).orElse(at);
      ended = settled(open, facts) && open.finish(batch);
    }
    FilePosition reached = at.movedTo(open.offset(), open.line(), open.head());
    if (reached.offset() != from.offset() || !reached.head().equals(from.head())) {
      batch.position(partition, reached.toMap());
    }
    position = reached;
    return ended && goOnTo(rotation.after(reached, listing));
  }

  private boolean settled(RecordReader open, Optional<FileFacts> facts) throws IOException {
    Instant now = clock.instant();
    long sizeBytes = open.sizeBytes();
    boolean named = facts.filter(f -> f.path().equals(options.path())).isPresent();
    if (named || sizeBytes != lastSizeBytes) {
      lastSizeBytes = sizeBytes;
      aliveAt = now;
    }
    return !named && Duration.between(aliveAt, now).compareTo(options.settle()) >= 0;
  }

  private boolean goOnTo(Optional<FileFacts> next) throws IOException {
    return next.isPresent() && open(next.get(), FilePosition.startOf(next.get()));
  }

  /** Opens the file that the position is of, or the next one if that is gone. */
  private void takeUp(List<FileFacts> listing) throws IOException {
    FilePosition last = position;
    Optional<FileFacts> first = rotation.current(listing);
    if (last != null) {
      for (FileFacts facts : listing) {
        if (last.mayBe(facts) && (facts.path().equals(options.path()) || describes(last, facts))) {
          boolean unused = open(facts, last.seenAs(facts));
          return;
        }
      }
      if (!missedOnce) {
        missedOnce = true;
        LOG.warn(
            "{}, which was read up to byte {}, is gone from {}; reading goes on with the next file",
            last.name(),
            last.offset(),
            directory);
      }
      first = rotation.after(last, listing);
    }
    boolean unused = goOnTo(first);
  }

  private static boolean describes(FilePosition last, FileFacts facts) throws IOException {
    try (FileChannel file = FileChannel.open(facts.path(), StandardOpenOption.READ)) {
      return last.describes(file);
    } catch (NoSuchFileException renamed) {
      return false;
    }
  }

  /** Opens a file in place of the one that is open; false if it is gone again. */
  private boolean open(FileFacts facts, FilePosition from) throws IOException {
    RecordReader next;
    try {
      next = RecordReader.open(facts.path(), options, from);
    } catch (NoSuchFileException renamed) {
      return false;
    }
    close();
    reader = next;
    position = from.movedTo(next.offset(), next.line(), next.head());
    aliveAt = clock.instant();
    lastSizeBytes = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
