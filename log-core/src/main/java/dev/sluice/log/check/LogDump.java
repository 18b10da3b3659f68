package dev.sluice.log.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.log.StorageException;
import dev.sluice.log.io.Storage;
import dev.sluice.log.io.StorageFile;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.TimestampType;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import dev.sluice.log.segment.SegmentNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Prints segments for people, as it reads them; keeps no more than one batch in memory. Changes
 * nothing. Not thread-safe.
 */
public final class LogDump {

  private static final int WINDOW_BYTES = 256 * 1024;

  private final Storage storage;
  private final DumpOptions options;
  private final Appendable out;
  private final BatchReader reader = new BatchReader();
  private long printed;

  /**
   * A dump.
   *
   * @param out gets lines as they are read
   */
  public LogDump(Storage storage, DumpOptions options, Appendable out) {
    this.storage = storage;
    this.options = options;
    this.out = out;
  }

  /** Prints all segments of a partition's directory. */
  public void partition(Path directory) throws IOException {
    List<Long> segments = new ArrayList<>();
    for (Storage.Entry entry : storage.list(directory)) {
      SegmentNames.baseOffset(entry.name(), SegmentNames.LOG).ifPresent(segments::add);
    }
    Collections.sort(segments);
    for (int i = 0; i < segments.size() && printed < options.limit(); i++) {
      boolean isBefore = i + 1 < segments.size() && segments.get(i + 1) <= options.fromOffset();
      if (!isBefore) {
        segment(SegmentNames.path(directory, segments.get(i), SegmentNames.LOG));
      }
    }
  }

  /**
   * Prints one file of a segment, by its name's ending: a log file's batches, or an index' entries.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public void file(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    OptionalLong offsetIndex = SegmentNames.baseOffset(name, SegmentNames.OFFSET_INDEX);
    OptionalLong timeIndex = SegmentNames.baseOffset(name, SegmentNames.TIME_INDEX);
    if (offsetIndex.isPresent()) {
      offsetIndex(path, offsetIndex.getAsLong());
    } else if (timeIndex.isPresent()) {
      timeIndex(path, timeIndex.getAsLong());
    } else if (name.endsWith(SegmentNames.LOG)) {
      segment(path);
    } else {
      throw new IllegalArgumentException(
          path + " is not a segment's file: its name must end with .log, .index or .timeindex");
    }
  }

  private void segment(Path log) throws IOException {
    try (StorageFile file = storage.openToRead(log)) {
      long size = file.sizeBytes();
      line(log + ", " + size + " bytes");
      BatchScanner scanner = new BatchScanner(file, 0, size, false, WINDOW_BYTES);
      BatchInfo batch = scanner.next();
      while (batch != null && printed < options.limit()) {
        if (batch.lastOffset() >= options.fromOffset()) {
          batch(file, batch);
        }
        batch = scanner.next();
      }
      if (scanner.problem() != null) {
        line("  at byte " + scanner.position() + ": " + scanner.problem());
      }
    }
    if (options.indexes()) {
      indexes(log);
    }
  }

  private void batch(StorageFile file, BatchInfo info) throws IOException {
    if (info.sizeBytes() > BatchReader.MAX_BYTES) {
      line("  " + place(info) + ", too large to be looked into");
      return;
    }
    RecordBatch batch = reader.read(file, info);
    line("  " + place(info) + ", " + header(batch));
    if (options.records()) {
      records(batch);
    } else {
      printed++;
    }
  }

  private static String place(BatchInfo info) {
    return "offsets "
        + info.baseOffset()
        + " to "
        + info.lastOffset()
        + " at byte "
        + info.position()
        + ", "
        + info.sizeBytes()
        + " bytes";
  }

  private static String header(RecordBatch batch) {
    StringBuilder text = new StringBuilder();
    text.append(batch.count()).append(" records, CRC ");
    text.append(batch.isChecksumValid() ? "ok" : "WRONG");
    text.append(", ").append(compression(batch));
    text.append(batch.timestampType() == TimestampType.APPEND_TIME ? ", appended " : ", created ");
    text.append(time(batch.baseTimestampMillis()));
    if (batch.maxTimestampMillis() != batch.baseTimestampMillis()) {
      text.append(" to ").append(time(batch.maxTimestampMillis()));
    }
    text.append(", epoch ").append(batch.leaderEpoch());
    if (batch.hasProducerId()) {
      text.append(", producer ").append(batch.producerId());
      text.append(" epoch ").append(batch.producerEpoch());
      text.append(" sequence ").append(batch.baseSequence());
    }
    text.append(batch.isTransactional() ? ", transactional" : "");
    text.append(batch.isControl() ? ", control" : "");
    return text.toString();
  }

  private static String compression(RecordBatch batch) {
    try {
      return batch.compression().name().toLowerCase(Locale.ROOT);
    } catch (StorageException e) {
      return "unknown compression";
    }
  }

  private void records(RecordBatch batch) throws IOException {
    try {
      for (LogRecord record : batch.records(BatchReader.MAX_BYTES)) {
        if (record.offset() >= options.fromOffset() && printed < options.limit()) {
          printed++;
          line(
              "    "
                  + record.offset()
                  + " "
                  + time(record.timestampMillis())
                  + " key "
                  + text(record.key())
                  + " value "
                  + text(record.value())
                  + headers(record));
        }
      }
    } catch (StorageException e) {
      line("    " + e.getMessage());
    }
  }

  private String headers(LogRecord record) {
    StringBuilder text = new StringBuilder();
    record
        .headers()
        .forEach(
            header -> {
              byte[] value = header.value();
              text.append(text.isEmpty() ? " headers " : ", ");
              text.append(text(ByteBuffer.wrap(header.key().getBytes(UTF_8)))).append('=');
              text.append(text(value == null ? null : ByteBuffer.wrap(value)));
            });
    return text.toString();
  }

  private String text(@Nullable ByteBuffer field) {
    return FieldText.of(field, options.maxFieldBytes());
  }

  private void indexes(Path log) throws IOException {
    OptionalLong base =
        SegmentNames.baseOffset(String.valueOf(log.getFileName()), SegmentNames.LOG);
    if (base.isPresent()) {
      String digits = SegmentNames.path(Path.of(""), base.getAsLong(), "").toString();
      offsetIndex(log.resolveSibling(digits + SegmentNames.OFFSET_INDEX), base.getAsLong());
      timeIndex(log.resolveSibling(digits + SegmentNames.TIME_INDEX), base.getAsLong());
    }
  }

  private void offsetIndex(Path path, long baseOffset) throws IOException {
    try (IndexEntries entries = new IndexEntries(storage, path, OffsetIndexCheck.ENTRY_BYTES)) {
      line(path.toString());
      for (ByteBuffer entry = entries.next(); entry != null; entry = entries.next()) {
        line("  offset " + (baseOffset + entry.getInt(0)) + " at byte " + entry.getInt(4));
      }
    }
  }

  private void timeIndex(Path path, long baseOffset) throws IOException {
    try (IndexEntries entries = new IndexEntries(storage, path, TimeIndexCheck.ENTRY_BYTES)) {
      line(path.toString());
      for (ByteBuffer entry = entries.next(); entry != null; entry = entries.next()) {
        line("  " + time(entry.getLong(0)) + " up to offset " + (baseOffset + entry.getInt(8)));
      }
    }
  }

  private void line(String text) throws IOException {
    out.append(text).append('\n');
  }

  private static String time(long millis) {
    return millis < 0 ? "without time" : Instant.ofEpochMilli(millis).toString();
  }
}
