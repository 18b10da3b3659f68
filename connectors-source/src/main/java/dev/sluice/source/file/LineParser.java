package dev.sluice.source.file;

import java.util.Arrays;

/** A line as it is, provided it is UTF-8. */
final class LineParser implements RecordParser {

  private final Utf8 utf8 = new Utf8();

  @Override
  public Object parse(byte[] bytes, int from, int to, boolean ascii) throws MalformedRecord {
    if (!ascii) {
      utf8.check(bytes, from, to);
    }
    return Arrays.copyOfRange(bytes, from, to);
  }
}
