package dev.sluice.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the first bytes of a file are, to tell whether a file is still the one that was read. Only
 * bytes that were consumed count, so that a file which merely grows keeps its fingerprint.
 *
 * @param length how many bytes, at most {@link #MAX_LENGTH}
 * @param hash the first 16 bytes of their SHA-256, in hex; empty for no bytes
 */
record Fingerprint(int length, String hash) {

  static final int MAX_LENGTH = 1024;
  static final Fingerprint NONE = new Fingerprint(0, "");

  private static final int HASH_BYTES = 16;

  /**
   * The fingerprint of the bytes before an offset.
   *
   * @return one of fewer bytes if the file is shorter than that
   */
  static Fingerprint before(long offset, FileChannel file) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(offset, MAX_LENGTH));
    while (head.hasRemaining()) {
      if (file.read(head, head.position()) < 0) {
        break;
      }
    }
    if (head.position() == 0) {
      return NONE;
    }
    MessageDigest digest = sha256();
    digest.update(head.flip());
    return new Fingerprint(head.limit(), HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES));
  }

  /** Whether the file still begins with these bytes. */
  boolean matches(FileChannel file) throws IOException {
    return before(length, file).equals(this);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }
}
