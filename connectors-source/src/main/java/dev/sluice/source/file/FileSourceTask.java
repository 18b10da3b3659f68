package dev.sluice.source.file;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SourceBatch;
import dev.sluice.connector.SourceContext;
import dev.sluice.connector.SourcePosition;
import dev.sluice.connector.SourceTask;
import dev.sluice.source.support.Beat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files. All state belongs to the follower and so to the poll thread; {@link #acknowledged}
 * works from the batch's positions and the immutable options alone.
 */
final class FileSourceTask implements SourceTask {

  private volatile @Nullable FileOptions options;
  private @Nullable Clock clock;
  private @Nullable Beat beat;
  private @Nullable Follower follower;
  private int recordsBefore;

  @Override
  public void start(SourceContext context) {
    FileOptions settings = FileOptions.from(context.options());
    options = settings;
    clock = context.clock();
    beat = Beat.startingNow(clock, settings.interval());
    follower =
        Files.isDirectory(settings.path()) ? directory(settings, context) : file(settings, context);
  }

  private static Follower directory(FileOptions settings, SourceContext context) {
    String directory = settings.path().toString();
    List<FilePosition> positions =
        context.positions().stream()
            .filter(position -> directory.equals(position.partition().get("directory")))
            .map(SourcePosition::offset)
            .filter(Objects::nonNull)
            .map(FilePosition::from)
            .toList();
    return new DirectoryFollower(
        settings,
        context.clock(),
        positions,
        facts ->
            Math.floorMod(facts.key().hashCode(), context.taskCount()) == context.taskNumber());
  }

  private static Follower file(FileOptions settings, SourceContext context) {
    if (context.taskNumber() > 0) {
      return Follower.NOTHING;
    }
    Optional<FilePosition> last =
        context.offset(TailFollower.partitionOf(settings.path())).map(FilePosition::from);
    Path parent = settings.path().getParent();
    boolean there =
        last.isPresent()
            ? parent != null && Files.isDirectory(parent)
            : Files.isRegularFile(settings.path());
    if (!there || parent == null) {
      throw ConnectorException.external(
          "path-missing",
          "There is no file or directory " + settings.path() + ".",
          "Create it, or correct 'path'; it is tried again by itself.",
          null);
    }
    if (settings.after() != FileOptions.After.KEEP) {
      throw ConnectorException.configuration(
          "after-needs-directory",
          "The option 'after' is set, but " + settings.path() + " is a file that may still grow.",
          "Leave 'after' out, or set 'path' to the directory and 'pattern' to the names.");
    }
    return new TailFollower(settings, context.clock(), last);
  }

  @Override
  public Optional<SourceBatch> poll(Duration maxWait) throws InterruptedException {
    FileOptions settings = Objects.requireNonNull(options);
    Follower reading = Objects.requireNonNull(follower);
    if (reading.idle() && !Objects.requireNonNull(beat).await(maxWait)) {
      return Optional.empty();
    }
    BatchBuilder batch =
        new BatchBuilder(settings.limits(), Objects.requireNonNull(clock).millis(), recordsBefore);
    try {
      reading.follow(batch);
    } catch (IOException failed) {
      throw ConnectorException.external(
          "file-unreadable",
          "Reading " + settings.path() + " failed: " + failed + ".",
          "Check that the path is there and may be read.",
          failed);
    }
    recordsBefore = batch.recordCount();
    return batch.build();
  }

  /** Deletes or moves the files that the batch finished (ack-after-durable). */
  @Override
  public void acknowledged(SourceBatch batch) {
    FileOptions settings = Objects.requireNonNull(options);
    for (SourcePosition position : batch.positions()) {
      Map<String, Object> offset = position.offset();
      if (offset != null && Boolean.TRUE.equals(offset.get("finished"))) {
        FinishedFiles.dispose(FilePosition.from(offset), settings);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (follower != null) {
      follower.close();
    }
  }
}
