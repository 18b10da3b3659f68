package dev.sluice.gateway.rest.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.connector.Header;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from a body: one record, an array of them, or {@code {"records": [...]}}. It
 * streams: beside the records' bytes nothing is kept, however the JSON is nested. JSON values keep
 * their numbers digit for digit and lose only their white space.
 */
final class RecordParser {

  /** The most records that one request may bring. */
  static final int MAX_RECORDS = 10_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String MEMBERS =
      "A record has key, value, headers, partition, timestamp, encoding and keyEncoding.";

  private final JsonParser parser;
  private final List<RecordInput> records = new ArrayList<>();

  private RecordParser(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads a whole body.
   *
   * @throws ApiException with a JSON pointer to what is wrong
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not JSON
   * @throws IOException if the body can't be read
   */
  static List<RecordInput> parse(InputStream body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      RecordParser reader = new RecordParser(parser);
      reader.document();
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "More follows the records");
      }
      return reader.records;
    }
  }

  private void document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      array("");
    } else if (first == JsonToken.START_OBJECT) {
      objectOrEnvelope();
    } else {
      throw ApiException.invalid(
          "/", "The body holds no record.", "Send a record, an array, or {\"records\": [...]}.");
    }
  }

  private void objectOrEnvelope() throws IOException {
    if (parser.nextToken() == JsonToken.FIELD_NAME && parser.currentName().equals("records")) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw ApiException.invalid("/records", "'records' is not an array.", "Send an array.");
      }
      array("/records");
      if (parser.nextToken() != JsonToken.END_OBJECT) {
        throw ApiException.invalid(
            "/" + parser.currentName(), "Only 'records' belongs here.", MEMBERS);
      }
    } else {
      records.add(new Fields("").read());
    }
  }

  private void array(String path) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw ApiException.invalid(path + "/" + i, "A record is a JSON object.", MEMBERS);
      }
      if (i == MAX_RECORDS) {
        throw ApiException.tooLarge(
            "There are more than " + MAX_RECORDS + " records.", "Send them in several requests.");
      }
      parser.nextToken();
      records.add(new Fields(path + "/" + i).read());
    }
  }

  /** One record's members, in whatever order they come. */
  private final class Fields {

    private final String path;
    private final Content key = new Content("key", "keyEncoding");
    private final Content value = new Content("value", "encoding");
    private OptionalInt partition = OptionalInt.empty();
    private @Nullable Long timestampMillis;
    private List<Header> headers = List.of();

    Fields(String path) {
      this.path = path;
    }

    /** Reads from the first member's name up to the end of the object. */
    RecordInput read() throws IOException {
      for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) {
        String name = parser.currentName();
        parser.nextToken();
        member(name);
      }
      if (!value.present) {
        throw ApiException.invalid(
            path + "/value",
            "The record has no 'value'.",
            "Write \"value\": null if it shall have none (a tombstone).");
      }
      return new RecordInput(
          partition, timestampMillis, key.bytes(path), value.bytes(path), headers);
    }

    private void member(String name) throws IOException {
      switch (name) {
        case "key" -> key.read();
        case "value" -> value.read();
        case "encoding" -> value.encoding = encoding(path + "/encoding");
        case "keyEncoding" -> key.encoding = encoding(path + "/keyEncoding");
        case "partition" -> partition = partition();
        case "timestamp" -> timestampMillis = timestamp();
        case "headers" -> headers = headers();
        default ->
            throw ApiException.invalid(
                path + "/" + name, "A record has no member '" + name + "'.", MEMBERS);
      }
    }

    private OptionalInt partition() throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return OptionalInt.empty();
      }
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
          || parser.getNumberType() != JsonParser.NumberType.INT
          || parser.getIntValue() < 0) {
        throw ApiException.invalid(
            path + "/partition", "'partition' is not a number from 0 on.", "Or leave it out.");
      }
      return OptionalInt.of(parser.getIntValue());
    }

    private @Nullable Long timestamp() throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      OptionalLong millis =
          parser.currentToken().isScalarValue()
              ? Parameters.timestampMillis(parser.getText())
              : OptionalLong.empty();
      if (millis.isEmpty()) {
        throw ApiException.invalid(
            path + "/timestamp",
            "'timestamp' is no time.",
            "Give milliseconds since the epoch or an ISO-8601 time with its zone.");
      }
      return millis.getAsLong();
    }

    /** As an array of objects with key, value and encoding, or as an object of names and values. */
    private List<Header> headers() throws IOException {
      List<Header> read = new ArrayList<>();
      switch (parser.currentToken()) {
        case VALUE_NULL -> {}
        case START_OBJECT -> {
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Content content = new Content(name, "encoding");
            content.read();
            read.add(new Header(name, content.bytes(path + "/headers")));
          }
        }
        case START_ARRAY -> {
          for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            read.add(header(path + "/headers/" + i));
          }
        }
        default ->
            throw ApiException.invalid(
                path + "/headers", "'headers' is no array or object.", "Send either, or nothing.");
      }
      return List.copyOf(read);
    }

    private Header header(String at) throws IOException {
      String name = null;
      Content content = new Content("value", "encoding");
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw ApiException.invalid(at, "A header is an object.", "Give it key and value.");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String member = parser.currentName();
        parser.nextToken();
        switch (member) {
          case "key" -> name = parser.getValueAsString();
          case "value" -> content.read();
          case "encoding" -> content.encoding = encoding(at + "/encoding");
          default ->
              throw ApiException.invalid(
                  at + "/" + member, "A header has no '" + member + "'.", "It has key and value.");
        }
      }
      if (name == null) {
        throw ApiException.invalid(at + "/key", "The header has no 'key'.", "Give it one.");
      }
      return new Header(name, content.bytes(at));
    }
  }

  /** The JSON value at hand, white space left out; leaves the parser on its last token. */
  private byte[] copyJson() throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      int depth = copyToken(generator);
      while (depth > 0) {
        parser.nextToken();
        depth += copyToken(generator);
      }
    }
    return json.toByteArray();
  }

  /** Copies one token, numbers as they are written; returns by how much it goes deeper. */
  private int copyToken(JsonGenerator generator) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isNumeric()) {
      generator.writeNumber(parser.getText());
    } else {
      generator.copyCurrentEvent(parser);
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private @Nullable String encoding(String at) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!Payload.BASE64.equals(parser.getValueAsString())) {
      throw ApiException.invalid(
          at, "The only encoding is base64.", "Leave it out for JSON and text.");
    }
    return Payload.BASE64;
  }

  /** A key or value; its encoding may come before or after it. */
  private final class Content {

    private final String name;
    private final String encodingName;
    private boolean present;
    private boolean text;
    private byte @Nullable [] raw;
    private @Nullable String encoding;

    Content(String name, String encodingName) {
      this.name = name;
      this.encodingName = encodingName;
    }

    void read() throws IOException {
      present = true;
      text = parser.currentToken() == JsonToken.VALUE_STRING;
      if (text) {
        raw = parser.getText().getBytes(StandardCharsets.UTF_8);
      } else if (parser.currentToken() == JsonToken.VALUE_NULL) {
        raw = null;
      } else {
        raw = copyJson();
      }
    }

    byte @Nullable [] bytes(String path) {
      if (encoding == null || raw == null) {
        return raw;
      }
      if (text) {
        try {
          return Base64.getDecoder().decode(raw);
        } catch (IllegalArgumentException notBase64) {
          throw ApiException.invalid(
              path + "/" + name, "It is not base64.", "Encode it, or leave out the encoding.");
        }
      }
      throw ApiException.invalid(
          path + "/" + encodingName,
          "base64 is an encoding of strings only.",
          "Leave it out for JSON.");
    }
  }
}
