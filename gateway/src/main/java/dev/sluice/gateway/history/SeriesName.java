package dev.sluice.gateway.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A series' name as bytes; {@link FrameEncoder} says how they are laid out. */
final class SeriesName {

  private SeriesName() {}

  static byte[] bytes(Series series) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(series.kind().code());
    bytes.writeBytes(series.name().getBytes(UTF_8));
    bytes.write(FrameEncoder.SEPARATOR);
    bytes.writeBytes(series.topic().getBytes(UTF_8));
    bytes.write(FrameEncoder.SEPARATOR);
    bytes.writeBytes(Integer.toString(series.partition()).getBytes(UTF_8));
    return bytes.toByteArray();
  }

  /**
   * The series with this name.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Series parse(byte[] bytes) {
    int first = separator(bytes, 0);
    int second = separator(bytes, first + 1);
    return new Series(
        Kind.ofCode(bytes[0]),
        new String(bytes, 1, first - 1, UTF_8),
        new String(bytes, first + 1, second - first - 1, UTF_8),
        Integer.parseInt(new String(bytes, second + 1, bytes.length - second - 1, UTF_8)));
  }

  private static int separator(byte[] bytes, int from) {
    for (int i = Math.max(1, from); i < bytes.length; i++) {
      if (bytes[i] == (byte) FrameEncoder.SEPARATOR) {
        return i;
      }
    }
    throw new IllegalArgumentException("The name of a series has no end");
  }
}
