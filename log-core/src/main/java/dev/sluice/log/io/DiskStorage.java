package dev.sluice.log.io;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The file system of this machine. */
public final class DiskStorage implements Storage {

  @Override
  public StorageFile openToRead(Path file) throws IOException {
    return DiskFile.open(file, Set.of(READ));
  }

  @Override
  public StorageFile openToWrite(Path file) throws IOException {
    return DiskErrors.translated(() -> DiskFile.open(file, Set.of(READ, WRITE, CREATE)));
  }

  @Override
  public StorageFile createPrivately(Path file) throws IOException {
    return DiskErrors.translated(() -> DiskFile.createPrivately(file));
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        boolean isDirectory = attributes.isDirectory();
        entries.add(
            new Entry(
                path.getFileName().toString(), isDirectory ? 0 : attributes.size(), isDirectory));
      }
    }
    return entries;
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    List<Path> missing = new ArrayList<>();
    for (Path path = absolute; path != null && !Files.exists(path); path = path.getParent()) {
      missing.add(path);
    }
    Path unused = DiskErrors.translated(() -> Files.createDirectories(absolute));
    for (Path created : missing.reversed()) {
      Path parent = created.getParent();
      if (parent != null) {
        syncDirectory(parent);
      }
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Path unused = DiskErrors.translated(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void delete(Path path) throws IOException {
    boolean unused = DiskErrors.translated(() -> Files.deleteIfExists(path));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (DiskErrors.IS_WINDOWS) {
      return; // There a directory can't be opened, and NTFS journals its entries itself.
    }
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  @Override
  public Lock lock(Path file) throws IOException {
    return DiskErrors.translated(() -> ProcessLock.take(file));
  }

  @Override
  public Optional<LockHolder> lockHolder(Path file) throws IOException {
    return ProcessLock.holder(file);
  }
}
