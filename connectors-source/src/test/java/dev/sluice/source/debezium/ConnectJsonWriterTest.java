package dev.sluice.source.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.debezium.data.VariableScaleDecimal;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectJsonWriterTest {

  @Test
  void writesPlainValues() throws Exception {
    assertThat(iso(null, null)).isEqualTo("null");
    assertThat(iso(Schema.STRING_SCHEMA, "a\"b")).isEqualTo("\"a\\\"b\"");
    assertThat(iso(Schema.BOOLEAN_SCHEMA, true)).isEqualTo("true");
    assertThat(iso(Schema.INT16_SCHEMA, (short) 7)).isEqualTo("7");
    assertThat(iso(Schema.FLOAT64_SCHEMA, 1.5)).isEqualTo("1.5");
    assertThat(iso(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {1, 2}))).isEqualTo("\"AQI=\"");
    assertThat(iso(SchemaBuilder.array(Schema.INT32_SCHEMA).build(), List.of(1, 2)))
        .isEqualTo("[1,2]");
    assertThat(iso(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA), Map.of("a", 1)))
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void decimalsAreExactNumbers() throws Exception {
    assertThat(iso(Decimal.schema(2), new BigDecimal("12345678901234567890.10")))
        .isEqualTo("12345678901234567890.10");
    Schema variable = VariableScaleDecimal.schema();
    Struct struct =
        new Struct(variable)
            .put(VariableScaleDecimal.SCALE_FIELD, 3)
            .put(
                VariableScaleDecimal.VALUE_FIELD,
                new BigDecimal("-1.250").unscaledValue().toByteArray());
    assertThat(iso(variable, struct)).isEqualTo("-1.250");
  }

  @Test
  void timesAreIsoTextIfSoWished() throws Exception {
    assertThat(iso(named("io.debezium.time.Date"), -1L)).isEqualTo("\"1969-12-31\"");
    assertThat(iso(named("io.debezium.time.MicroTime"), 45_000_000_001L))
        .isEqualTo("\"12:30:00.000001\"");
    assertThat(iso(named("io.debezium.time.MicroTime"), 86_400_000_000L)).isEqualTo("\"24:00\"");
    assertThat(iso(named("io.debezium.time.Timestamp"), -1L))
        .isEqualTo("\"1969-12-31T23:59:59.999\"");
    assertThat(iso(named("io.debezium.time.MicroTimestamp"), 1_000_001L))
        .isEqualTo("\"1970-01-01T00:00:01.000001\"");
    assertThat(write(new ConnectJsonWriter(false), named("io.debezium.time.Date"), 3L))
        .isEqualTo("3");
  }

  private static Schema named(String name) {
    return SchemaBuilder.int64().name(name).build();
  }

  private static String iso(@Nullable Schema schema, @Nullable Object value) throws Exception {
    return write(new ConnectJsonWriter(true), schema, value);
  }

  private static String write(
      ConnectJsonWriter writer, @Nullable Schema schema, @Nullable Object value) throws Exception {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      writer.write(json, schema, value);
    }
    return text.toString();
  }
}
