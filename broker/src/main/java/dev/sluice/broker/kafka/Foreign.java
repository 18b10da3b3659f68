package dev.sluice.broker.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a size that can't be may have been meant as. */
final class Foreign {

  private static final int TLS_HANDSHAKE = 0x16;

  private Foreign() {}

  /** Whether the bytes of a size look like the beginning of some other protocol. */
  static boolean isKnown(int size) {
    byte[] bytes = bytes(size);
    return isTls(bytes) || isText(bytes);
  }

  private static byte[] bytes(int size) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(size).array();
  }

  private static boolean isTls(byte[] bytes) {
    return bytes[0] == TLS_HANDSHAKE && bytes[1] == 3;
  }

  private static boolean isText(byte[] bytes) {
    boolean isText = true;
    for (byte one : bytes) {
      isText &= one >= ' ' && one < 127;
    }
    return isText;
  }

  static String explain(int size, int maxBytes) {
    byte[] bytes = bytes(size);
    if (isTls(bytes)) {
      return "A client speaks TLS to a listener that doesn't; correct its security.protocol";
    }
    if (isText(bytes)) {
      return "A client doesn't speak Kafka's protocol, but begins with '"
          + new String(bytes, StandardCharsets.US_ASCII)
          + "', as HTTP does";
    }
    return size < 0
        ? "A request has the size " + size
        : "A request of " + size + " bytes exceeds the limit of " + maxBytes;
  }
}
