package dev.sluice.source.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Writes keys and change events as JSON, on the engine's record-processing threads. It differs from
 * Connect's own JsonConverter in what a reader without a schema needs: decimals are exact numbers
 * whatever their scale, dates and times are ISO 8601 text if so wished, and the format {@code row}
 * takes the after-image only. It streams instead of building a tree first. Thread-safe once
 * configured.
 */
public final class ChangeJsonConverter implements Converter {

  /** The property for {@link PostgresCdcConfig.Format}. */
  static final String FORMAT_PROPERTY = "sluice.format";

  /** The property for {@link PostgresCdcConfig.Times}. */
  static final String TIMES_PROPERTY = "sluice.times";

  private static final int INITIAL_BYTES = 512;

  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private ConnectJsonWriter writer = new ConnectJsonWriter(true);
  private boolean afterOnly;

  /** For the engine, which calls {@link #configure} next. */
  public ChangeJsonConverter() {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    afterOnly =
        !isKey && value(configs, FORMAT_PROPERTY).equals(PostgresCdcConfig.Format.ROW.name());
    writer =
        new ConnectJsonWriter(
            value(configs, TIMES_PROPERTY).equals(PostgresCdcConfig.Times.ISO.name()));
  }

  private static String value(Map<String, ?> configs, String name) {
    return String.valueOf(configs.get(name)).toUpperCase(Locale.ROOT);
  }

  @Override
  public byte @Nullable [] fromConnectData(
      String topic, @Nullable Schema schema, @Nullable Object value) {
    Object wanted = afterOnly ? after(value) : value;
    if (wanted == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      writer.write(json, wanted instanceof Struct struct ? struct.schema() : schema, wanted);
    } catch (IOException e) {
      throw new DataException("A change of " + topic + " can't be written as JSON.", e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable Object after(@Nullable Object value) {
    return value instanceof Struct struct && struct.schema().field("after") != null
        ? struct.get("after")
        : value;
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
    throw new UnsupportedOperationException("This converter only writes.");
  }
}
