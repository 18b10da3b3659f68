package dev.sluice.source.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line that must be one JSON value; kept as its bytes. Blank lines are skipped. */
final class JsonLineParser implements RecordParser {

  /** Reads UTF-8 only, instead of guessing from zero bytes that a line is UTF-16. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private final Utf8 utf8 = new Utf8();

  @Override
  public byte @Nullable [] parse(byte[] bytes, int from, int to, boolean ascii)
      throws MalformedRecord {
    if (!ascii) {
      utf8.check(bytes, from, to);
    }
    try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
      if (json.nextToken() == null) {
        return null;
      }
      json.skipChildren();
      if (json.nextToken() != null) {
        throw new MalformedRecord(
            "json-malformed",
            "holds more than one JSON value; the second begins at column "
                + json.currentTokenLocation().getColumnNr());
      }
      return Arrays.copyOfRange(bytes, from, to);
    } catch (JsonProcessingException malformed) {
      throw new MalformedRecord(
          "json-malformed", "is not JSON: " + malformed.getOriginalMessage() + at(malformed));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String at(JsonProcessingException malformed) {
    return malformed.getLocation() == null
        ? ""
        : " (column " + malformed.getLocation().getColumnNr() + ")";
  }
}
