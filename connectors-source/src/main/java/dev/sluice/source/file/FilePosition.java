package dev.sluice.source.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a file has been read.
 *
 * @param name the file's name when it was last seen
 * @param key as {@link FileFacts#key()}
 * @param created as {@link FileFacts#created()}
 * @param modified as {@link FileFacts#modified()}, when it was last seen
 * @param head what its first bytes are
 * @param offset the byte to go on from; a record begins there
 * @param line the number of the line that begins there, from 1
 * @param finished whether the file was read to its end and left alone since, so that it may be
 *     deleted or moved once this position is durable
 */
record FilePosition(
    String name,
    String key,
    @Nullable Instant created,
    Instant modified,
    Fingerprint head,
    long offset,
    long line,
    boolean finished) {

  /** The position of a file that has not been read yet. */
  static FilePosition startOf(FileFacts facts) {
    return new FilePosition(
        facts.name(),
        facts.key(),
        facts.created(),
        facts.modified(),
        Fingerprint.NONE,
        0,
        1,
        false);
  }

  /** The position that a stored offset describes. */
  static FilePosition from(Map<String, Object> stored) {
    return new FilePosition(
        String.valueOf(stored.get("name")),
        String.valueOf(stored.get("inode")),
        stored.get("created") instanceof String created ? Instant.parse(created) : null,
        stored.get("modified") instanceof String modified ? Instant.parse(modified) : Instant.EPOCH,
        stored.get("fingerprint") instanceof String hash
            ? new Fingerprint((int) number(stored, "fingerprint-length", 0), hash)
            : Fingerprint.NONE,
        number(stored, "offset", 0),
        number(stored, "line", 1),
        Boolean.TRUE.equals(stored.get("finished")));
  }

  private static long number(Map<String, Object> stored, String name, long otherwise) {
    return stored.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  /** What is stored. */
  Map<String, Object> toMap() {
    Map<String, Object> stored = new LinkedHashMap<>();
    stored.put("name", name);
    stored.put("inode", key);
    if (created != null) {
      stored.put("created", created.toString());
    }
    stored.put("modified", modified.toString());
    stored.put("fingerprint", head.hash());
    stored.put("fingerprint-length", head.length());
    stored.put("offset", offset);
    stored.put("line", line);
    if (finished) {
      stored.put("finished", true);
    }
    return stored;
  }

  /**
   * Whether the facts may be of the same file; the first bytes have the last word. A file made at
   * another time is another one that was given the same inode.
   */
  boolean mayBe(FileFacts facts) {
    return key.equals(facts.key())
        && (created == null || facts.created() == null || created.equals(facts.created()));
  }

  /** Whether the open file begins with what was read up to this position, and is no shorter. */
  boolean describes(FileChannel file) throws IOException {
    return file.size() >= offset && head.matches(file);
  }

  /** This position with what is newly known of the file. */
  FilePosition seenAs(FileFacts facts) {
    return new FilePosition(
        facts.name(),
        key,
        facts.created() == null ? created : facts.created(),
        facts.modified(),
        head,
        offset,
        line,
        false);
  }

  /** This position after more was read. */
  FilePosition movedTo(long newOffset, long newLine, Fingerprint newHead) {
    return new FilePosition(name, key, created, modified, newHead, newOffset, newLine, false);
  }

  /** The beginning of the same file, which was emptied or written anew. */
  FilePosition restarted() {
    return movedTo(0, 1, Fingerprint.NONE);
  }

  FilePosition asFinished() {
    return new FilePosition(name, key, created, modified, head, offset, line, true);
  }
}
