package dev.sluice.gateway.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * A program that writes JSON lines to a log file as programs do: several lines at a time, lines in
 * pieces, and rotated by renaming now and then. Used by one thread at a time.
 */
final class LogFile {

  private static final int KEYS = 20;
  private static final int MOST_AT_ONCE = 20;
  private static final int CHUNKS_PER_ROTATION = 60;

  private final Path path;
  private final Random random;
  private final Deliveries fed = new Deliveries();
  private int written;
  private int rotations;

  LogFile(Path path, Random random) throws IOException {
    this.path = Files.createFile(path);
    this.random = random;
  }

  /** Appends so many lines. */
  void feed(int lines, Pace pace) throws Exception {
    for (int left = lines; left > 0; ) {
      int count = Math.min(left, 1 + random.nextInt(MOST_AT_ONCE));
      write(count);
      left -= count;
      if (random.nextInt(CHUNKS_PER_ROTATION) == 0) {
        rotate();
      }
      pace.fed(count);
    }
  }

  private void write(int lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      String key = "k" + random.nextInt(KEYS);
      String number = Integer.toString(written++);
      text.append("{\"k\":\"%s\",\"n\":%s}\n".formatted(key, number));
      fed.add(key, number);
    }
    int cut = random.nextInt(text.length());
    Files.writeString(path, text.substring(0, cut), UTF_8, StandardOpenOption.APPEND);
    Files.writeString(path, text.substring(cut), UTF_8, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    for (int number = rotations; number > 0; number--) {
      Files.move(numbered(number), numbered(number + 1));
    }
    Files.move(path, numbered(1));
    Files.createFile(path);
    rotations++;
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /** Every line by its key. */
  Deliveries fed() {
    return fed;
  }

  int rotations() {
    return rotations;
  }
}
