package dev.sluice.log.check;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values for people: text in quotes if they are text, else hexadecimal; never too long.
 */
final class FieldText {

  private FieldText() {}

  static String of(@Nullable ByteBuffer field, int maxBytes) {
    if (field == null) {
      return "null";
    }
    int size = field.remaining();
    ByteBuffer shown = field.slice(field.position(), Math.min(size, maxBytes));
    String more = size > maxBytes ? "… (" + size + " bytes)" : "";
    String text = text(shown, size > maxBytes);
    return (text != null ? '"' + text + '"' : hex(shown)) + more;
  }

  private static @Nullable String text(ByteBuffer bytes, boolean isCut) {
    CharBuffer chars = CharBuffer.allocate(bytes.remaining());
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // Where the field is cut, the last character may be cut too, and is left out then.
    try {
      var result = decoder.decode(bytes.duplicate(), chars, !isCut);
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      return null; // Not text, then.
    }
    String text = chars.flip().toString();
    return text.codePoints().allMatch(FieldText::isPrintable) ? escaped(text) : null;
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t';
      case Character.UNASSIGNED,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return "0x" + HexFormat.of().formatHex(copy);
  }
}
