package dev.sluice.gateway.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of a file as a whole: written and forced beside it, under the same owner and
 * rights, then renamed, then the directory is forced. Whoever reads the file sees the old or the
 * new one. Used by one thread.
 */
final class FileReplacement implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FileReplacement.class.getName());

  private final Path file;
  private final Path temporary;
  private final Disk disk;
  private boolean isInPlace;

  private FileReplacement(Path file, Path temporary, Disk disk) {
    this.file = file;
    this.temporary = temporary;
    this.disk = disk;
  }

  /** What is done to the disk, each of which may fail. */
  interface Disk {

    /** Creates a file that only this user may read, and forces its content. */
    void write(Path file, byte[] content) throws IOException;

    /** Gives a file the owner, group and rights of another. */
    void copyRights(Path from, Path to) throws IOException;

    /** Puts a file in the place of another at once. */
    void move(Path from, Path to) throws IOException;

    /** Makes the names in a directory durable. */
    void force(Path directory) throws IOException;
  }

  static final Disk DISK = new RealDisk();

  /** Why a file can't be replaced, in words; empty if nothing is known to be in the way. */
  static Optional<String> obstacle(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isRegularFile(file)) {
      return Optional.of("it is no ordinary file");
    }
    try {
      Path real = file.toRealPath();
      Path realFolder = real.getParent();
      if (Files.isSymbolicLink(file) && !folder.toRealPath().equals(realFolder)) {
        return Optional.of("it is a link to a file in another folder");
      }
      if (!Files.isWritable(real) || realFolder == null || !Files.isWritable(realFolder)) {
        return Optional.of("the gateway has no right to write the file and its folder");
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("its folder can't be read");
    }
  }

  /**
   * Writes the new content beside the file.
   *
   * @param file exists; of a link within one folder what it names is replaced
   * @throws IOException if it can't be written under the same owner and rights
   */
  static FileReplacement prepare(Path file, byte[] content, Disk disk) throws IOException {
    Path real = file.toRealPath();
    Path temporary =
        real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID() + ".tmp");
    FileReplacement replacement = new FileReplacement(real, temporary, disk);
    try {
      disk.write(temporary, content);
      disk.copyRights(real, temporary);
      return replacement;
    } catch (IOException | RuntimeException failure) {
      replacement.close();
      throw failure;
    }
  }

  /** Puts it in its place; durable when this returns. */
  void carryOut() throws IOException {
    disk.move(temporary, file);
    isInPlace = true;
    Path folder = file.getParent();
    if (folder != null) {
      disk.force(folder);
    }
  }

  /** Whether the file is the new one, durable or not. */
  boolean isInPlace() {
    return isInPlace;
  }

  /** Removes what has not been put in its place. */
  @Override
  public void close() {
    try {
      boolean unused = Files.deleteIfExists(temporary);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The file {0} can not be deleted: {1}", temporary, e.getMessage());
    }
  }

  private static final class RealDisk implements Disk {

    @Override
    public void write(Path file, byte[] content) throws IOException {
      if (isPosix(file.toAbsolutePath().getParent())) {
        Path unused =
            Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Path unused = Files.createFile(file);
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          int unused = channel.write(bytes);
        }
        channel.force(true);
      }
    }

    @Override
    public void copyRights(Path from, Path to) throws IOException {
      if (!isPosix(to)) {
        return;
      }
      PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
      PosixFileAttributes has = Files.readAttributes(to, PosixFileAttributes.class);
      PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
      if (!wanted.owner().equals(has.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!wanted.group().equals(has.group())) {
        view.setGroup(wanted.group());
      }
      view.setPermissions(wanted.permissions());
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Path unused =
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void force(Path directory) throws IOException {
      if (isPosix(directory)) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }

    private static boolean isPosix(@Nullable Path path) throws IOException {
      return path != null
          && Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }
  }
}
