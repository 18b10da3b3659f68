package dev.sluice.source.file;

import java.time.Duration;
import java.time.Instant;

/**
 * A file of a followed directory: how far it was read, and what was seen of it. Belongs to its
 * follower.
 */
final class WatchedFile {

  private FilePosition position;
  private long sizeBytes = -1;
  private boolean news;
  private Instant quietSince;
  private Instant seenAt;

  WatchedFile(FilePosition position, Instant now) {
    this.position = position;
    this.quietSince = now;
    this.seenAt = now;
  }

  FilePosition position() {
    return position;
  }

  /** The size when it was last seen. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** Notes what the directory tells now. */
  void see(FileFacts facts, Instant now) {
    seenAt = now;
    boolean changed =
        facts.sizeBytes() != sizeBytes || !facts.modified().equals(position.modified());
    if (changed) {
      sizeBytes = facts.sizeBytes();
      quietSince = now;
      news = true;
    }
    if (changed || !facts.name().equals(position.name())) {
      position = position.seenAs(facts);
    }
  }

  /** Whether it was written to since it was last read. */
  boolean hasNews() {
    return news;
  }

  /** Whether it has bytes that were not read as a record. */
  boolean hasRest() {
    return sizeBytes > position.offset();
  }

  void readTo(long offset, long line, Fingerprint head) {
    news = false;
    position = position.movedTo(offset, line, head);
  }

  /** Marks it as finished; false if it was already. */
  boolean finish() {
    boolean first = !position.finished();
    position = position.asFinished();
    return first;
  }

  boolean quietFor(Duration duration, Instant now) {
    return Duration.between(quietSince, now).compareTo(duration) >= 0;
  }

  boolean missingFor(Duration duration, Instant now) {
    return Duration.between(seenAt, now).compareTo(duration) >= 0;
  }
}
