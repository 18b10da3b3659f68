package dev.sluice.gateway.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder of JSON-lines files whose source deletes each when all its lines are acknowledged: what
 * is still there is not acknowledged. Used by one thread.
 */
final class InputFolder {

  private static final int KEYS = 10;

  private final Path folder;
  private final Deliveries fed = new Deliveries();
  private int files;
  private int lines;

  InputFolder(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder);
  }

  /** Adds so many files of so many lines of about 100 bytes. */
  void add(int count, int linesEach) throws IOException {
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < linesEach; line++) {
        String key = "k" + lines % KEYS;
        String number = Integer.toString(lines++);
        text.append("{\"k\":\"%s\",\"n\":%s,\"pad\":\"%064d\"}\n".formatted(key, number, lines));
        fed.add(key, number);
      }
      // Hidden until it is whole, as those who hand over files should have it.
      Path hidden = folder.resolve(".next");
      Files.writeString(hidden, text, UTF_8);
      Files.move(hidden, folder.resolve("%05d.jsonl".formatted(files++)));
    }
  }

  /** How many files are not acknowledged. */
  long waiting() {
    try (Stream<Path> left = Files.list(folder)) {
      return left.count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Every line by its key. */
  Deliveries fed() {
    return fed;
  }

  /** The connector {@code app} that reads it. */
  static String connector() {
    return """
      app:
        source: file
        topic: lines
        key: "{value.k}"
        config:
          path: "${dir}/input"
          pattern: "*.jsonl"
          format: json-lines
          interval: 5ms
          settle: 50ms
          after: delete
          batch-records: 200
        errors: {backoff: 20ms, max-backoff: 200ms}
    """;
  }
}
