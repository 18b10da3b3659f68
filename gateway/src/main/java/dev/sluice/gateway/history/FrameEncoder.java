package dev.sluice.gateway.history;

import dev.sluice.gateway.history.Frame.Point;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Writes frames one after another, as small as they can simply be: names once in a while, zeros
 * never. Used by one thread.
 *
 * <pre>
 * frame      = version flags covered dictionary values
 * version    = byte, 1
 * flags      = byte; bit 0: key frame, bit 1: values have a second column
 * covered    = varint, milliseconds over which amounts were counted
 * dictionary = count(varint) entry*       the series that get the next numbers, from 0 in a key frame
 * entry      = shared(varint) rest(varint) byte[rest]
 *                                         a series' name, of which so many bytes are those of the
 *                                         entry before it in this frame
 * name       = kind(byte) name 0xFF topic 0xFF partition(decimal), UTF-8
 * values     = count(varint) value*
 * value      = gap(varint) value(varlong) [more(varlong)]
 *                                         gap: numbers left out since the one before, whose values
 *                                         are 0; more: how much the largest value is above it
 * </pre>
 *
 * <p>Varints and varlongs are Kafka's (zigzag for the latter). The byte 0xFF is in no UTF-8. A
 * series has its number until the next key frame, which comes first, every {@link #KEY_EVERY}
 * frames, and whenever a series is gone. A frame says something of all series with a number; so it
 * can be read with the names of the last key frame and those after it, but without their values.
 */
final class FrameEncoder {

  /** At most so many frames lie from one key frame to the next. */
  static final int KEY_EVERY = 60;

  static final int VERSION = 1;
  static final int KEY = 1;
  static final int TWO_COLUMNS = 2;
  static final int SEPARATOR = 0xFF;

  private final boolean hasTwoColumns;
  private final Map<Series, Integer> numbers = new HashMap<>();
  private int sinceKey;

  /**
   * Begins with a key frame.
   *
   * @param hasTwoColumns whether largest values are kept beside last ones
   */
  FrameEncoder(boolean hasTwoColumns) {
    this.hasTwoColumns = hasTwoColumns;
  }

  /** The frame's bytes; the next ones build on them, so they must be stored, or {@link #reset}. */
  byte[] encode(Frame frame) {
    boolean isKey =
        numbers.isEmpty()
            || sinceKey >= KEY_EVERY
            || !frame.points().keySet().containsAll(numbers.keySet());
    if (isKey) {
      reset();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(frame, isKey, new DataOutputStream(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory can't be written", impossible);
    }
    sinceKey++;
    return bytes.toByteArray();
  }

  /** The next one is a key frame. */
  void reset() {
    numbers.clear();
    sinceKey = 0;
  }

  private void write(Frame frame, boolean isKey, DataOutputStream out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte((isKey ? KEY : 0) | (hasTwoColumns ? TWO_COLUMNS : 0));
    ByteUtils.writeUnsignedVarint((int) Math.min(Integer.MAX_VALUE, frame.coveredMillis()), out);
    writeDictionary(frame, out);
    writeValues(frame, out);
  }

  private void writeDictionary(Frame frame, DataOutputStream out) throws IOException {
    List<Series> added =
        frame.points().keySet().stream().filter(series -> !numbers.containsKey(series)).toList();
    ByteUtils.writeUnsignedVarint(added.size(), out);
    byte[] before = {};
    for (Series series : added) {
      byte[] name = SeriesName.bytes(series);
      int mismatch = Arrays.mismatch(before, name);
      int shared = mismatch < 0 ? name.length : mismatch;
      ByteUtils.writeUnsignedVarint(shared, out);
      ByteUtils.writeUnsignedVarint(name.length - shared, out);
      out.write(name, shared, name.length - shared);
      before = name;
      numbers.put(series, numbers.size());
    }
  }

  private void writeValues(Frame frame, DataOutputStream out) throws IOException {
    record Numbered(int number, Point point) {}
    List<Numbered> values = new ArrayList<>();
    frame
        .points()
        .forEach(
            (series, point) -> {
              if (point.max() != 0) {
                values.add(new Numbered(numbers.getOrDefault(series, -1), point));
              }
            });
    values.sort((one, other) -> Integer.compare(one.number, other.number));
    ByteUtils.writeUnsignedVarint(values.size(), out);
    int next = 0;
    for (Numbered value : values) {
      ByteUtils.writeUnsignedVarint(value.number - next, out);
      ByteUtils.writeVarlong(value.point.value(), out);
      if (hasTwoColumns) {
        ByteUtils.writeVarlong(value.point.max() - value.point.value(), out);
      }
      next = value.number + 1;
    }
  }
}
