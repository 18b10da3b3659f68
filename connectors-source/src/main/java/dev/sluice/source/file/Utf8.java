package dev.sluice.source.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Checks that bytes are UTF-8. Reuses its buffers; not thread-safe. */
final class Utf8 {

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer scratch = CharBuffer.allocate(8192);

  /** Complains unless the bytes are UTF-8. */
  void check(byte[] bytes, int from, int to) throws MalformedRecord {
    ByteBuffer input = ByteBuffer.wrap(bytes, from, to - from);
    decoder.reset();
    CoderResult result;
    do {
      scratch.clear();
      result = decoder.decode(input, scratch, true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new MalformedRecord(
          "not-utf-8",
          "is not UTF-8: its byte " + (input.position() - from + 1) + " can't be read");
    }
  }
}
