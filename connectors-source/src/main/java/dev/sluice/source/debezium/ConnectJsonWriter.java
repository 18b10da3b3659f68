package dev.sluice.source.debezium;

import com.fasterxml.jackson.core.JsonGenerator;
import io.debezium.data.VariableScaleDecimal;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Writes Kafka Connect's values as JSON. Bytes become base64; Debezium's semantic types (its
 * documentation, "Data type mappings" of the PostgreSQL connector) decide about decimals, dates and
 * times. Stateless.
 *
 * @param isoTimes whether dates and times without a zone, which Debezium gives as numbers, become
 *     ISO 8601 text
 */
record ConnectJsonWriter(boolean isoTimes) {

  private static final long MILLIS = 1_000L;
  private static final long MICROS = 1_000_000L;
  private static final long NANOS = 1_000_000_000L;

  void write(JsonGenerator json, @Nullable Schema schema, @Nullable Object value)
      throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Struct struct -> struct(json, struct);
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Number number -> number(json, schema, number);
      case byte[] bytes -> json.writeBinary(bytes);
      case ByteBuffer buffer -> json.writeBinary(bytes(buffer));
      case List<?> list -> array(json, schema, list);
      case Map<?, ?> map -> object(json, schema, map);
      case Date date -> json.writeNumber(date.getTime());
      default -> json.writeString(value.toString());
    }
  }

  private void struct(JsonGenerator json, Struct struct) throws IOException {
    if (VariableScaleDecimal.LOGICAL_NAME.equals(struct.schema().name())) {
      BigInteger unscaled = new BigInteger(struct.getBytes(VariableScaleDecimal.VALUE_FIELD));
      json.writeNumber(new BigDecimal(unscaled, struct.getInt32(VariableScaleDecimal.SCALE_FIELD)));
      return;
    }
    json.writeStartObject();
    for (Field field : struct.schema().fields()) {
      json.writeFieldName(field.name());
      write(json, field.schema(), struct.get(field));
    }
    json.writeEndObject();
  }

  private void array(JsonGenerator json, @Nullable Schema schema, List<?> list) throws IOException {
    json.writeStartArray();
    for (Object element : list) {
      write(json, schema == null ? null : schema.valueSchema(), element);
    }
    json.writeEndArray();
  }

  private void object(JsonGenerator json, @Nullable Schema schema, Map<?, ?> map)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(json, schema == null ? null : schema.valueSchema(), entry.getValue());
    }
    json.writeEndObject();
  }

  private void number(JsonGenerator json, @Nullable Schema schema, Number number)
      throws IOException {
    String time =
        isoTimes && schema != null && schema.name() != null ? iso(schema.name(), number) : null;
    if (time != null) {
      json.writeString(time);
      return;
    }
    switch (number) {
      case Integer integer -> json.writeNumber(integer);
      case Long integer -> json.writeNumber(integer);
      case Double real -> json.writeNumber(real);
      case Float real -> json.writeNumber(real);
      case BigDecimal decimal -> json.writeNumber(decimal);
      case BigInteger integer -> json.writeNumber(integer);
      default -> json.writeNumber(number.longValue());
    }
  }

  /** The ISO 8601 text, or null if the type is not one of dates or times. */
  private static @Nullable String iso(String type, Number number) {
    long value = number.longValue();
    return switch (type) {
      case "io.debezium.time.Date" -> LocalDate.ofEpochDay(value).toString();
      case "io.debezium.time.Time" -> time(value, MILLIS);
      case "io.debezium.time.MicroTime" -> time(value, MICROS);
      case "io.debezium.time.NanoTime" -> time(value, NANOS);
      case "io.debezium.time.Timestamp" -> timestamp(value, MILLIS);
      case "io.debezium.time.MicroTimestamp" -> timestamp(value, MICROS);
      case "io.debezium.time.NanoTimestamp" -> timestamp(value, NANOS);
      default -> null;
    };
  }

  private static String time(long value, long perSecond) {
    long nanos = value * (NANOS / perSecond);
    long day = NANOS * 86_400;
    // PostgreSQL knows a 24:00 that java.time does not.
    return nanos == day ? "24:00" : LocalTime.ofNanoOfDay(Math.floorMod(nanos, day)).toString();
  }

  private static String timestamp(long value, long perSecond) {
    int nanos = (int) (Math.floorMod(value, perSecond) * (NANOS / perSecond));
    return LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC)
        .toString();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
