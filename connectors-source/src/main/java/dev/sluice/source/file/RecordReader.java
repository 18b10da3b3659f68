package dev.sluice.source.file;

import dev.sluice.connector.ConnectorException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one open file from a byte on. A record ends with a line feed, with or
 * without a carriage return before it; neither is part of it, nor is a byte order mark at the
 * beginning of the file. {@link #offset()} and {@link #line()} are always those of the next record.
 *
 * <p>What can't be read is rejected, and reading goes on behind it. A record that is longer than
 * the limit is never held in memory: its beginning is kept for the rejection, the rest is skipped.
 * Not thread-safe.
 */
final class RecordReader implements Closeable {

  /** How much of a record that is too long is kept. */
  private static final int KEPT_OF_TOO_LONG = 64 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path path;
  private final FileOptions options;
  private final ByteWindow window;
  private final RecordCutter cutter;
  private final RecordParser parser;
  private final int maxLineBytes;
  private final Map<String, String> attributes;
  private long line;

  /** How far the window was scanned for the end of the record that begins at its start. */
  private int scanned;

  /** The record that is too long and being skipped, or null. */
  private @Nullable TooLong tooLong;

  private boolean markChecked;
  private Fingerprint head;

  /**
   * A record being skipped.
   *
   * @param offset where in the file it begins
   * @param beginning its first bytes
   */
  private record TooLong(long offset, byte[] beginning) {}

  private RecordReader(Path path, FileOptions options, ByteWindow window, FilePosition position) {
    this(path, options, window, position, parser(options));
  }

  private RecordReader(
      Path path,
      FileOptions options,
      ByteWindow window,
      FilePosition position,
      RecordParser parser) {
    this.path = path;
    this.options = options;
    this.window = window;
    this.parser = parser;
    this.maxLineBytes = options.limits().maxLineBytes();
    this.line = position.line();
    this.head = position.head();
    this.scanned = window.start();
    this.markChecked = window.offset() > 0;
    this.cutter =
        options.format() == FileOptions.Format.CSV
            ? new CsvCutter(options.csv().delimiter())
            : new LineCutter();
    this.attributes =
        Map.of("file.name", String.valueOf(path.getFileName()), "file.path", path.toString());
  }

  private static RecordParser parser(FileOptions options) {
    return switch (options.format()) {
      case LINES -> new LineParser();
      case CSV -> new CsvParser(options.csv());
      case JSON_LINES -> new JsonLineParser();
    };
  }

  /**
   * Opens the file at a position of it. If the file no longer begins with the bytes that were read,
   * or is shorter than what was read, it is read from its beginning.
   */
  static RecordReader open(Path path, FileOptions options, FilePosition position)
      throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      boolean same = position.describes(file);
      FilePosition from = same ? position : position.restarted();
      RecordReader reader =
          new RecordReader(path, options, new ByteWindow(file, from.offset()), from);
      reader.takeUpHeader(from);
      return reader;
    } catch (IOException | RuntimeException failed) {
      file.close();
      throw failed;
    }
  }

  /** A reader of the same open file from its beginning; takes this one's place. */
  RecordReader restarted(FilePosition position) {
    return new RecordReader(path, options, new ByteWindow(window.file(), 0), position.restarted());
  }

  /** Reads the header again, if it stands before the position. */
  private void takeUpHeader(FilePosition position) throws IOException {
    if (parser instanceof CsvParser csv) {
      BatchBuilder known = new BatchBuilder(options.limits(), 0, 0);
      RecordReader top =
          new RecordReader(
              path, options, new ByteWindow(window.file(), 0), position.restarted(), csv);
      boolean more = true;
      while (more && csv.headerPending() && top.offset() < position.offset()) {
        more = top.readOne(known);
      }
    }
  }

  /** Where in the file the next record begins. */
  long offset() {
    return tooLong == null ? window.offset() : tooLong.offset();
  }

  /** The number of the line in which the next record begins, from 1. */
  long line() {
    return line;
  }

  /** The size of the open file now. */
  long sizeBytes() throws IOException {
    return window.file().size();
  }

  /** What the bytes before {@link #offset()} are. */
  Fingerprint head() throws IOException {
    if (head.length() < Math.min(offset(), Fingerprint.MAX_LENGTH)) {
      head = Fingerprint.before(offset(), window.file());
    }
    return head;
  }

  /**
   * Prepares to read on.
   *
   * @param afterPause whether the file may have been emptied and written again since, so that the
   *     bytes of an unfinished record must be read anew
   * @return whether the file still begins with what was read from it, and is no shorter
   */
  boolean resume(boolean afterPause) throws IOException {
    if (afterPause && tooLong == null) {
      window.dropUnconsumed();
      next(window.start());
    }
    return window.file().size() >= window.offset() && head.matches(window.file());
  }

  /** Reads complete records until the batch is full or there is no further one for now. */
  void readInto(BatchBuilder batch) throws IOException {
    boolean more = true;
    while (more && !batch.full()) {
      more = readOne(batch);
    }
  }

  /**
   * Reads to the end of a file that is not going to grow: what stands behind the last line feed is
   * a record, too.
   *
   * @return false if the batch was full before the end
   */
  boolean finish(BatchBuilder batch) throws IOException {
    readInto(batch);
    while (!batch.full() && offset() < window.endOffset()) {
      if (tooLong != null) {
        rejectTooLong(tooLong, window.limit(), window.limit(), batch);
      } else {
        take(window.limit(), window.limit(), batch);
      }
      readInto(batch);
    }
    return !batch.full();
  }

  /**
   * Reads on to the end of one record.
   *
   * @return false if its end is not there yet
   */
  private boolean readOne(BatchBuilder batch) throws IOException {
    if (!markChecked && !skipByteOrderMark()) {
      return false;
    }
    if (tooLong != null) {
      return skipOn(tooLong, batch);
    }
    int end = cutter.next(window.bytes(), scanned, window.limit());
    while (end < 0) {
      int pending = window.limit() - window.start();
      if (pending > maxLineBytes) {
        return giveUp(batch);
      }
      boolean more = window.fill();
      scanned = window.start() + pending;
      if (!more) {
        return false;
      }
      end = cutter.next(window.bytes(), scanned, window.limit());
    }
    take(end, end + 1, batch);
    return true;
  }

  private boolean skipByteOrderMark() throws IOException {
    boolean more = true;
    while (more && window.limit() < BYTE_ORDER_MARK.length) {
      more = window.fill();
    }
    int count = Math.min(window.limit(), BYTE_ORDER_MARK.length);
    boolean begins = Arrays.equals(window.bytes(), 0, count, BYTE_ORDER_MARK, 0, count);
    if (begins && count < BYTE_ORDER_MARK.length) {
      return false;
    }
    if (begins) {
      next(count);
    }
    markChecked = true;
    return true;
  }

  /** Takes the record that ends before {@code end}; the one behind it begins at {@code next}. */
  private void take(int end, int next, BatchBuilder batch) {
    byte[] bytes = window.bytes();
    int from = window.start();
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    if (end - from > maxLineBytes) {
      rejectTooLong(beginning(end), end, next, batch);
      return;
    }
    try {
      Object value = parser.parse(bytes, from, to, cutter.ascii());
      if (value != null) {
        batch.add(value, next - from, attributes);
      }
    } catch (MalformedRecord malformed) {
      if (malformed.perhapsQuote() && cutter.innerLines() > 0) {
        rejectFirstLine(malformed, batch);
        return;
      }
      reject(Arrays.copyOfRange(bytes, from, to), malformed, batch);
    }
    line += 1 + cutter.innerLines();
    next(next);
  }

  private void next(int index) {
    window.consumeTo(index);
    scanned = index;
    cutter.reset();
  }

  /**
   * Gives up on a record that has grown too long. If it is a quote that makes it so long, then it
   * probably is a stray one, and only its line is lost.
   */
  private boolean giveUp(BatchBuilder batch) throws IOException {
    if (cutter.innerLines() > 0) {
      rejectFirstLine(
          new MalformedRecord(
              "csv-malformed",
              "opens a quote that is not closed within " + maxLineBytes + " bytes",
              true),
          batch);
      parser.skipped();
      return true;
    }
    tooLong = beginning(window.limit());
    next(window.limit());
    return skipOn(tooLong, batch);
  }

  private TooLong beginning(int end) {
    int from = window.start();
    return new TooLong(
        window.offset(),
        Arrays.copyOfRange(window.bytes(), from, Math.min(end, from + KEPT_OF_TOO_LONG)));
  }

  private boolean skipOn(TooLong record, BatchBuilder batch) throws IOException {
    int end = indexOfLineFeed();
    while (end < 0) {
      next(window.limit());
      if (!window.fill()) {
        next(window.start());
        return false;
      }
      end = indexOfLineFeed();
    }
    rejectTooLong(record, end, end + 1, batch);
    return true;
  }

  private int indexOfLineFeed() {
    for (int i = window.start(); i < window.limit(); i++) {
      if (window.bytes()[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void rejectTooLong(TooLong record, int end, int next, BatchBuilder batch) {
    long length = window.offset() + (end - window.start()) - record.offset();
    reject(
        record.beginning(),
        new MalformedRecord(
            "line-too-long",
            "is " + length + " bytes long, more than the " + maxLineBytes + " of 'max-line-size'",
            false),
        batch);
    parser.skipped();
    tooLong = null;
    line++;
    next(next);
  }

  /** Rejects the line in which the record begins; what follows is read as if it were not there. */
  private void rejectFirstLine(MalformedRecord malformed, BatchBuilder batch) {
    int end = indexOfLineFeed();
    reject(Arrays.copyOfRange(window.bytes(), window.start(), end), malformed, batch);
    line++;
    next(end + 1);
  }

  private void reject(byte[] raw, MalformedRecord malformed, BatchBuilder batch) {
    ConnectorException error =
        ConnectorException.data(
            malformed.code(),
            "Line " + line + " of " + path + " " + malformed.getMessage() + ".",
            null);
    batch.reject(raw, error, Map.of("file", path.toString(), "line", Long.toString(line)));
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
