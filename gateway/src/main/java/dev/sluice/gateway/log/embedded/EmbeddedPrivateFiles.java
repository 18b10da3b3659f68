package dev.sluice.gateway.log.embedded;

import dev.sluice.gateway.log.LogException;
import dev.sluice.gateway.log.PrivateFiles;
import dev.sluice.log.checkpoint.AtomicFile;
import dev.sluice.log.io.DiskTrouble;
import dev.sluice.log.io.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Private files in a directory of their own, which is made with the first. */
public final class EmbeddedPrivateFiles implements PrivateFiles {

  private static final int VERSION = 1;

  private final Storage storage;
  private final Path directory;

  public EmbeddedPrivateFiles(Storage storage, Path directory) {
    this.storage = storage;
    this.directory = directory;
  }

  @Override
  public Optional<byte[]> read(String name) {
    return translated(
        "Could not read " + directory.resolve(name),
        () -> file(name).read().map(content -> bytes(name, content)));
  }

  private byte[] bytes(String name, AtomicFile.Content content) {
    if (content.version() != VERSION) {
      throw new LogException(
          LogException.Code.INTERNAL,
          "%s has version %d, known is %d."
              .formatted(directory.resolve(name), content.version(), VERSION));
    }
    byte[] bytes = new byte[content.payload().remaining()];
    content.payload().get(bytes);
    return bytes;
  }

  @Override
  public void write(String name, byte[] content) {
    if (content.length > AtomicFile.MAX_PAYLOAD_BYTES) {
      throw new LogException(
          LogException.Code.TOO_LARGE,
          "%d bytes are more than the %d that %s can hold."
              .formatted(content.length, AtomicFile.MAX_PAYLOAD_BYTES, directory.resolve(name)));
    }
    translated(
        "Could not write " + directory.resolve(name),
        () -> {
          storage.createDirectories(directory);
          file(name).write(VERSION, ByteBuffer.wrap(content));
          return Optional.empty();
        });
  }

  @Override
  public void delete(String name) {
    translated(
        "Could not delete " + directory.resolve(name),
        () -> {
          delete(List.of(name, name + AtomicFile.TEMPORARY_SUFFIX));
          return Optional.empty();
        });
  }

  private void delete(Collection<String> names) throws IOException {
    boolean isChanged = false;
    for (String name : names) {
      Path file = directory.resolve(name);
      if (storage.exists(file)) {
        storage.delete(file);
        isChanged = true;
      }
    }
    if (isChanged) {
      storage.syncDirectory(directory);
    }
  }

  @Override
  public Set<String> names() {
    return translated(
        "Could not list " + directory,
        () -> names(name -> !name.endsWith(AtomicFile.TEMPORARY_SUFFIX)));
  }

  @Override
  public void tidy() {
    translated(
        "Could not tidy " + directory,
        () -> {
          delete(names(name -> name.endsWith(AtomicFile.TEMPORARY_SUFFIX)));
          return Optional.empty();
        });
  }

  private Set<String> names(Predicate<String> wanted) throws IOException {
    return storage.exists(directory)
        ? storage.list(directory).stream()
            .filter(entry -> !entry.isDirectory())
            .map(Storage.Entry::name)
            .filter(wanted)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  private AtomicFile file(String name) {
    return AtomicFile.privately(storage, directory.resolve(name));
  }

  /** Something that the disk may refuse. */
  @FunctionalInterface
  private interface DiskAction<T> {
    T run() throws IOException;
  }

  private static <T> T translated(String problem, DiskAction<T> action) {
    try {
      return action.run();
    } catch (AtomicFile.CorruptException damage) {
      throw new LogException(
          LogException.Code.INTERNAL, problem + ": " + damage.getMessage(), damage);
    } catch (IOException e) {
      throw Translation.exception(DiskTrouble.failed(problem, e));
    }
  }
}
