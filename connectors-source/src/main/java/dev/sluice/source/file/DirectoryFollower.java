package dev.sluice.source.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the files of a directory: each look lists it, and the files that are new or were written
 * to since are read one after the other, the one written to first first. Files that were renamed
 * are known again by their inode, also when their new name does not match the pattern. What stands
 * behind the last line feed of a file is read once the file was left alone for the settle time.
 *
 * <p>A position per file, {@code {"directory": path, "inode": number}}; forgotten when the file has
 * been gone for a while. Subdirectories and names that begin with a dot are not read.
 */
final class DirectoryFollower implements Follower {

  private final FileOptions options;
  private final Clock clock;
  private final PathMatcher pattern;
  private final Predicate<FileFacts> mine;
  private final Map<String, WatchedFile> watched = new HashMap<>();
  private final Deque<WatchedFile> toRead = new ArrayDeque<>();

  /** The reader of the first file of {@link #toRead}, when it was begun. */
  private @Nullable RecordReader reader;

  /**
   * A follower.
   *
   * @param positions where the files stand
   * @param mine which files are this task's
   */
  DirectoryFollower(
      FileOptions options, Clock clock, List<FilePosition> positions, Predicate<FileFacts> mine) {
    this.options = options;
    this.clock = clock;
    this.pattern = options.path().getFileSystem().getPathMatcher("glob:" + options.pattern());
    this.mine = mine;
    for (FilePosition position : positions) {
      watched.put(position.key(), new WatchedFile(position, clock.instant()));
    }
  }

  static Map<String, Object> partitionOf(Path directory, String key) {
    return Map.of("directory", directory.toString(), "inode", key);
  }

  @Override
  public boolean idle() {
    return toRead.isEmpty();
  }

  @Override
  public void follow(BatchBuilder batch) throws IOException {
    if (toRead.isEmpty()) {
      look(batch);
    }
    while (!batch.full() && !toRead.isEmpty()) {
      if (read(toRead.getFirst(), batch)) {
        close();
        toRead.removeFirst();
      }
    }
  }

  /** Lists the directory and decides what is to do. */
  private void look(BatchBuilder batch) throws IOException {
    Instant now = clock.instant();
    Set<String> present = new HashSet<>();
    for (FileFacts facts : FileFacts.list(options.path())) {
      if (mine.test(facts) && (watched.containsKey(facts.key()) || matches(facts))) {
        present.add(facts.key());
        WatchedFile file = watch(facts, now);
        boolean settled = file.quietFor(options.settle(), now);
        if (file.hasNews() || (settled && file.hasRest())) {
          toRead.add(file);
        } else if (settled && options.after() != FileOptions.After.KEEP) {
          reportFinished(file, batch);
        }
      }
    }
    forgetMissing(present, now, batch);
  }

  private boolean matches(FileFacts facts) {
    boolean hidden = facts.name().startsWith(".") && !options.pattern().startsWith(".");
    return !hidden && pattern.matches(facts.path().getFileName());
  }

  private WatchedFile watch(FileFacts facts, Instant now) {
    WatchedFile known = watched.get(facts.key());
    if (known != null && known.position().mayBe(facts)) {
      known.see(facts, now);
      return known;
    }
    WatchedFile fresh = new WatchedFile(FilePosition.startOf(facts), now);
    fresh.see(facts, now);
    watched.put(facts.key(), fresh);
    return fresh;
  }

  private void reportFinished(WatchedFile file, BatchBuilder batch) {
    if (file.finish()) {
      batch.position(partitionOf(file), file.position().toMap());
    }
  }

  private void forgetMissing(Set<String> present, Instant now, BatchBuilder batch) {
    Iterator<WatchedFile> files = watched.values().iterator();
    while (files.hasNext()) {
      WatchedFile file = files.next();
      if (!present.contains(file.position().key())
          && (file.position().finished() || file.missingFor(options.forgetAfter(), now))) {
        batch.position(partitionOf(file), null);
        files.remove();
      }
    }
  }

  /**
   * Reads on in a file.
   *
   * @return whether it was read as far as it goes
   */
  private boolean read(WatchedFile file, BatchBuilder batch) throws IOException {
    FilePosition before = file.position();
    RecordReader open = reader;
    if (open == null) {
      try {
        open = RecordReader.open(options.path().resolve(before.name()), options, before);
      } catch (NoSuchFileException gone) {
        return true;
      }
      reader = open;
    }
    open.readInto(batch);
    if (file.quietFor(options.settle(), clock.instant()) && open.sizeBytes() == file.sizeBytes()) {
      boolean unused = open.finish(batch);
    }
    file.readTo(open.offset(), open.line(), open.head());
    if (!file.position().equals(before)) {
      batch.position(partitionOf(file), file.position().toMap());
    }
    return !batch.full();
  }

  private Map<String, Object> partitionOf(WatchedFile file) {
    return partitionOf(options.path(), file.position().key());
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
