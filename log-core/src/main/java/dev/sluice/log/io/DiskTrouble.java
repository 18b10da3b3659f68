package dev.sluice.log.io;

import dev.sluice.log.StorageException;
import dev.sluice.log.StorageException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;

/** What an I/O error means to people: a code, and what to do. */
public final class DiskTrouble {

  private static final String FILE_CURE =
      "Move the file away that is where a directory should be, or choose another directory";

  private DiskTrouble() {}

  /**
   * The error of a task that an I/O error has ended.
   *
   * @param problem what could not be done, without a full stop
   */
  public static StorageException failed(String problem, IOException e) {
    return new StorageException(code(e), problem + ": " + explained(e), cure(e), e);
  }

  /** The code of an error that is not about stored bytes. */
  public static Code code(Throwable e) {
    return switch (e) {
      case DiskFullException full -> Code.DISK_FULL;
      case ReadOnlyDiskException readOnly -> Code.READ_ONLY;
      default -> Code.IO;
    };
  }

  /** What to do about it, a sentence without a full stop. */
  public static String cure(Throwable e) {
    return switch (e) {
      case DiskFullException full ->
          "Free space, or shorten the retention of topics; appends go on by themselves then";
      case ReadOnlyDiskException readOnly ->
          "Look into the system's log for why it is read-only, and remount it read-write; the rest"
              + " happens by itself then";
      case AccessDeniedException denied ->
          "Let the user that runs this process, "
              + System.getProperty("user.name")
              + ", read and write it";
      case FileAlreadyExistsException file -> FILE_CURE;
      case NotDirectoryException file -> FILE_CURE;
      default ->
          String.valueOf(e.getMessage()).endsWith("Not a directory")
              ? FILE_CURE
              : "Look into the system's log for errors of the disk, and check its health";
    };
  }

  /** Java's messages are the bare path for some. */
  private static String explained(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is a file, not a directory";
      case NotDirectoryException file -> file.getFile() + " is a file, not a directory";
      default -> String.valueOf(e.getMessage());
    };
  }
}
