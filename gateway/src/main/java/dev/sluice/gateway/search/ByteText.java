package dev.sluice.gateway.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text to look for in bytes as they are stored, which spares decoding each record: in UTF-8 a
 * text is found exactly where its bytes are.
 */
final class ByteText {

  private final byte[] wanted;

  ByteText(String text) {
    wanted = text.getBytes(StandardCharsets.UTF_8);
  }

  boolean is(byte @Nullable [] bytes) {
    return bytes != null && Arrays.equals(bytes, wanted);
  }

  boolean isIn(byte @Nullable [] bytes) {
    if (bytes == null) {
      return false;
    }
    if (wanted.length == 0) {
      return true;
    }
    byte first = wanted[0];
    int last = bytes.length - wanted.length;
    for (int at = 0; at <= last; at++) {
      if (bytes[at] == first
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
