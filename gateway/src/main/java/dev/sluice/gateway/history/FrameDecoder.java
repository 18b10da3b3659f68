package dev.sluice.gateway.history;

import dev.sluice.gateway.history.Frame.Point;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Reads what {@link FrameEncoder} wrote, from any key frame on; what comes before one, and what
 * follows on a frame that can't be read, is passed over. Used by one thread.
 */
final class FrameDecoder {

  private final Predicate<Series> wanted;

  /** By number; nothing for those that are not wanted. */
  private final List<Optional<Series>> series = new ArrayList<>();

  private boolean hasKey;

  /** Reads the points of these series alone. */
  FrameDecoder(Predicate<Series> wanted) {
    this.wanted = wanted;
  }

  /** The frame, or nothing if it can't be read without the ones before. */
  Optional<Frame> decode(long timeMillis, byte[] bytes) {
    try {
      return read(timeMillis, ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException | IllegalArgumentException broken) {
      hasKey = false;
      return Optional.empty();
    }
  }

  private Optional<Frame> read(long timeMillis, ByteBuffer in) {
    int version = in.get();
    if (version != FrameEncoder.VERSION) {
      throw new IllegalArgumentException("Frames of version " + version + " are unknown here");
    }
    int flags = in.get();
    if ((flags & FrameEncoder.KEY) != 0) {
      series.clear();
      hasKey = true;
    }
    if (!hasKey) {
      return Optional.empty();
    }
    long covered = ByteUtils.readUnsignedVarint(in);
    readDictionary(in);
    return Optional.of(
        new Frame(timeMillis, covered, readValues(in, (flags & FrameEncoder.TWO_COLUMNS) != 0)));
  }

  private void readDictionary(ByteBuffer in) {
    int count = length(in, in.remaining());
    byte[] before = {};
    for (int i = 0; i < count; i++) {
      int shared = length(in, before.length);
      int rest = length(in, in.remaining());
      byte[] name = Arrays.copyOf(before, shared + rest);
      in.get(name, shared, rest);
      Series added = SeriesName.parse(name);
      series.add(wanted.test(added) ? Optional.of(added) : Optional.empty());
      before = name;
    }
  }

  private TreeMap<Series, Point> readValues(ByteBuffer in, boolean hasTwoColumns) {
    TreeMap<Series, Point> points = new TreeMap<>();
    for (Optional<Series> one : series) {
      one.ifPresent(found -> points.put(found, Point.of(0)));
    }
    int count = length(in, in.remaining());
    int next = 0;
    for (int i = 0; i < count; i++) {
      int number = next + length(in, series.size() - next);
      long value = ByteUtils.readVarlong(in);
      long max = hasTwoColumns ? value + ByteUtils.readVarlong(in) : value;
      if (number >= series.size()) {
        throw new IllegalArgumentException("There is no series " + number);
      }
      series.get(number).ifPresent(found -> points.put(found, new Point(value, max)));
      next = number + 1;
    }
    return points;
  }

  private static int length(ByteBuffer in, int max) {
    int length = ByteUtils.readUnsignedVarint(in);
    if (length < 0 || length > max) {
      throw new IllegalArgumentException("The length " + length + " is not in 0 to " + max);
    }
    return length;
  }
}
