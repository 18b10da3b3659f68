package dev.sluice.sink.file;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.SinkContext;
import dev.sluice.connector.SinkRecord;
import dev.sluice.connector.SinkTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to files.
 *
 * <p>Position-after-put holds because each put ends with an fsync of the files it wrote to. Records
 * repeat in one case: when the process dies after that fsync and before the runtime has stored the
 * position, the last put's records are written again, into the next file. With {@code envelope:
 * true} each line carries topic, partition and offset, by which a reader can drop repeats. A put
 * that fails is taken back, except for what went into a file that was completed in the middle of
 * it.
 */
final class FileSinkTask implements SinkTask {

  /** More names than this at once, and the one that was opened first is completed. */
  private static final int MAX_OPEN_FILES = 64;

  private static final Pattern UNSAFE = Pattern.compile("^\\.+|[^\\p{L}\\p{N}._=@ -]");

  private final Map<String, PartFile> open = new LinkedHashMap<>();
  private @Nullable SinkContext context;
  private @Nullable FileSinkConfig config;

  @Override
  public void start(SinkContext context) {
    FileSinkConfig typed = FileSinkConfig.of(context.options());
    typed.checkTogether();
    this.context = context;
    this.config = typed;
    try {
      Files.createDirectories(typed.path());
      PartFiles.recover(typed.path(), typed.format());
    } catch (IOException | UncheckedIOException e) {
      throw failed(typed.path(), e);
    }
  }

  @Override
  public void put(List<SinkRecord> records) throws IOException {
    try {
      rotate();
      for (PartFile file : open.values()) {
        file.mark();
      }
      write(records);
      for (PartFile file : open.values()) {
        file.flush(config().fsync());
      }
    } catch (IOException e) {
      takeBack(e);
      throw failed(config().path(), e);
    } catch (RuntimeException e) {
      takeBack(e);
      throw e;
    }
  }

  private void write(List<SinkRecord> records) throws IOException {
    for (SinkRecord record : records) {
      try {
        fileFor(record).write(record);
      } catch (ConnectorException e) {
        if (e.category() != ErrorCategory.DATA) {
          throw e;
        }
        context().reject(record, e);
      }
    }
  }

  private PartFile fileFor(SinkRecord record) throws IOException {
    String name = config().name().render(record, FileSinkTask::safe);
    PartFile file = open.get(name);
    if (file != null && !file.fits(record)) {
      complete(name, file);
      file = null;
    }
    if (file == null) {
      if (open.size() >= MAX_OPEN_FILES) {
        Map.Entry<String, PartFile> eldest = open.entrySet().iterator().next();
        complete(eldest.getKey(), eldest.getValue());
      }
      file = create(name, record);
      open.put(name, file);
    }
    return file;
  }

  private PartFile create(String name, SinkRecord first) throws IOException {
    Path stem = config().path().resolve(name);
    Path folder = Objects.requireNonNull(stem.getParent());
    Files.createDirectories(folder);
    String numbered =
        String.format(
            Locale.ROOT, "%s-%d-%020d", stem.getFileName(), first.partition(), first.offset());
    Path complete = PartFiles.free(folder, numbered, config().format().ending());
    return PartFile.create(complete, () -> LineFormat.of(config()), clock().instant());
  }

  private static String safe(String field) {
    String safe = UNSAFE.matcher(field).replaceAll("_");
    return safe.isBlank() ? "_" : safe.substring(0, Math.min(safe.length(), 100));
  }

  @Override
  public void idle() throws IOException {
    try {
      rotate();
    } catch (IOException e) {
      throw failed(config().path(), e);
    }
  }

  private void rotate() throws IOException {
    for (Map.Entry<String, PartFile> entry : List.copyOf(open.entrySet())) {
      PartFile file = entry.getValue();
      boolean old = !clock().instant().isBefore(file.opened().plus(config().rotateInterval()));
      if (old || file.sizeBytes() >= config().rotateSizeBytes()) {
        complete(entry.getKey(), file);
      }
    }
  }

  private void complete(String name, PartFile file) throws IOException {
    file.complete();
    open.remove(name);
  }

  private void takeBack(Exception cause) {
    for (Map.Entry<String, PartFile> entry : List.copyOf(open.entrySet())) {
      try {
        entry.getValue().rollBack();
      } catch (IOException e) {
        cause.addSuppressed(e);
        abandon(entry.getKey(), entry.getValue(), cause);
      }
    }
  }

  /** Leaves a file that may end in half a line to the recovery at the next start. */
  private void abandon(String name, PartFile file, Exception cause) {
    open.remove(name);
    try {
      file.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (PartFile file : new ArrayList<>(open.values())) {
      try (file) {
        file.complete();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failed(config().path(), failure);
    }
  }

  private static ConnectorException failed(Path path, Exception cause) {
    return new ConnectorException(
        ErrorCategory.RESOURCE,
        "file-write-failed",
        "Files in " + path + " can't be written: " + cause,
        "Check that the folder is there, that the gateway may write to it, and that the disk is not"
            + " full.",
        cause);
  }

  private FileSinkConfig config() {
    return Objects.requireNonNull(config, "start comes first");
  }

  private SinkContext context() {
    return Objects.requireNonNull(context, "start comes first");
  }

  private Clock clock() {
    return context().clock();
  }
}
