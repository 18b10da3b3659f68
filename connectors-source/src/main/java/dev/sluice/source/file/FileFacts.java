package dev.sluice.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a directory tells about a file at one moment.
 *
 * @param path where it is
 * @param key what stays the same when it is renamed: the inode number, or the name on file systems
 *     without such
 * @param created when it was made, or null when that is not known; tells files apart whose inode
 *     number was used again
 * @param modified when it was last written to
 * @param sizeBytes its size
 */
record FileFacts(
    Path path, String key, @Nullable Instant created, Instant modified, long sizeBytes) {

  /** The order in which files are read: the one written to first comes first, then by name. */
  static final Comparator<FileFacts> BY_AGE =
      Comparator.comparing(FileFacts::modified).thenComparing(FileFacts::name);

  private static final String ATTRIBUTES = "creationTime,lastModifiedTime,size,isRegularFile";

  String name() {
    return Objects.toString(path.getFileName());
  }

  /** The regular files of a directory, each inode once, by age. Links are followed. */
  static List<FileFacts> list(Path directory) throws IOException {
    List<FileFacts> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        of(entry).ifPresent(all::add);
      }
    } catch (java.nio.file.DirectoryIteratorException broken) {
      throw broken.getCause();
    }
    all.sort(BY_AGE);
    Set<String> seen = new HashSet<>();
    all.removeIf(facts -> !seen.add(facts.key()));
    return all;
  }

  /** The facts of a path, or nothing if no regular file is there. */
  static Optional<FileFacts> of(Path path) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = attributes(path);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
    if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
      return Optional.empty();
    }
    Instant created = instant(attributes, "creationTime");
    Instant modified = instant(attributes, "lastModifiedTime");
    return Optional.of(
        new FileFacts(
            path,
            String.valueOf(attributes.getOrDefault("ino", path.getFileName())),
            // The JDK answers the time of modification where the time of creation is unknown.
            created.equals(modified) ? null : created,
            modified,
            (Long) Objects.requireNonNull(attributes.get("size"))));
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.readAttributes(path, "unix:ino," + ATTRIBUTES)
        : Files.readAttributes(path, ATTRIBUTES);
  }

  private static Instant instant(Map<String, Object> attributes, String name) {
    return ((FileTime) Objects.requireNonNull(attributes.get(name))).toInstant();
  }
}
