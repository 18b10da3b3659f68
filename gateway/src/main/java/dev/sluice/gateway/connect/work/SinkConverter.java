package dev.sluice.gateway.connect.work;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.SinkRecord;
import dev.sluice.gateway.config.ConnectorSpec.ValueFormat;
import dev.sluice.gateway.connect.transform.Passage;
import dev.sluice.gateway.connect.transform.Transforms;
import dev.sluice.gateway.connect.value.Values;
import dev.sluice.gateway.log.StoredRecord;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns stored records into those that a sink sees: checks the value's format, applies transforms.
 * Formats are strict for values only; keys are decoded as far as they can be. Belongs to one
 * thread.
 */
final class SinkConverter {

  private final ValueFormat format;
  private final Transforms transforms;

  SinkConverter(ValueFormat format, Transforms transforms) {
    this.format = format;
    this.transforms = transforms;
  }

  /**
   * Converts a record.
   *
   * @return null if a filter drops it
   * @throws ConnectorException of category DATA if it is not of the format or a transform fails
   */
  @Nullable SinkRecord convert(StoredRecord stored) {
    Function<byte[], @Nullable Object> decoder = decoder(stored.value());
    if (transforms.isEmpty()) {
      return sinkRecord(stored, stored.key(), stored.value(), decoder);
    }
    Passage passage =
        Passage.out(
                Provenance.of(stored).origin(),
                stored.timestampMillis(),
                Provenance.headers(stored))
            .with(stored.key(), stored.value());
    if (!transforms.apply(passage)) {
      return null;
    }
    byte[] value = Values.bytes(passage.value());
    boolean changed = value != stored.value();
    return sinkRecord(
        stored, Values.bytes(passage.key()), value, changed ? Values::decode : decoder);
  }

  private static SinkRecord sinkRecord(
      StoredRecord stored,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Function<byte[], @Nullable Object> decoder) {
    return new SinkRecord(
        Provenance.of(stored).ofSink(),
        stored.topicPartition().topic(),
        stored.topicPartition().partition(),
        stored.offset(),
        stored.timestampMillis(),
        key,
        value,
        Provenance.headers(stored),
        decoder);
  }

  private Function<byte[], @Nullable Object> decoder(byte @Nullable [] value) {
    return switch (format) {
      case AUTO -> Values::decode;
      case BYTES -> bytes -> bytes;
      case JSON ->
          value == null ? Values::decode : known(value, Values.json(value), Values::decode);
      case TEXT ->
          value == null
              ? Values::textOrBytes
              : known(value, strictText(value), Values::textOrBytes);
    };
  }

  /** Decodes the value once, when it is checked, and the key when it is asked for. */
  private static Function<byte[], @Nullable Object> known(
      byte[] value, @Nullable Object decoded, Function<byte[], @Nullable Object> others) {
    return bytes -> bytes == value ? decoded : others.apply(bytes);
  }

  private static String strictText(byte[] value) {
    String text = Values.text(value);
    if (text == null) {
      throw ConnectorException.data("value-not-text", "The value is not UTF-8 text.", null);
    }
    return text;
  }
}
