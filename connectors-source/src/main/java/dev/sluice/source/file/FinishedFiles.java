package dev.sluice.source.file;

import dev.sluice.connector.ConnectorException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes or moves files whose every record is durable. Holds no state; called on the thread that
 * acknowledges.
 */
final class FinishedFiles {

  private static final Logger LOG = LoggerFactory.getLogger(FinishedFiles.class);

  private FinishedFiles() {}

  /**
   * Does with a file what the options say, unless it is not what was read any more: one that has
   * grown since is left to be read on.
   *
   * @throws ConnectorException of category EXTERNAL if it can't be done
   */
  static void dispose(FilePosition position, FileOptions options) {
    Path path = options.path().resolve(position.name());
    try {
      Optional<FileFacts> facts = FileFacts.of(path);
      if (facts.isEmpty()
          || !position.mayBe(facts.get())
          || facts.get().sizeBytes() != position.offset()) {
        LOG.debug("{} is gone or has changed since it was read; left alone", path);
        return;
      }
      switch (options.after()) {
        case KEEP -> {}
        case DELETE -> Files.deleteIfExists(path);
        case MOVE -> move(path, options.path().resolve(options.moveTo().orElseThrow()));
      }
    } catch (IOException failed) {
      throw ConnectorException.external(
          "file-not-disposed",
          "The finished file " + path + " could not be deleted or moved: " + failed + ".",
          "Check the permissions of the directory and of 'move-to'.",
          failed);
    }
  }

  /** Moves without overwriting: a number is put behind a name that is taken. */
  private static void move(Path path, Path directory) throws IOException {
    Files.createDirectories(directory);
    int number = 0;
    boolean moved = false;
    while (!moved) {
      Path target = directory.resolve(path.getFileName() + (number == 0 ? "" : "." + number));
      try {
        Path unused = Files.move(path, target);
        moved = true;
      } catch (FileAlreadyExistsException taken) {
        number++;
      }
    }
  }
}
