package dev.sluice.gateway.rest.record;

import dev.sluice.connector.Header;
import dev.sluice.gateway.log.NewRecord;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A record from a request's body.
 *
 * @param partition where to put it, or empty to let key or turn decide
 * @param timestampMillis its own timestamp, or null to have the time of the request
 */
record RecordInput(
    OptionalInt partition,
    @Nullable Long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {

  /** About what it takes in a batch. */
  int sizeBytes() {
    int size = 32 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    for (Header header : headers) {
      byte[] bytes = header.value();
      size += 8 + header.key().length() + (bytes == null ? 0 : bytes.length);
    }
    return size;
  }

  NewRecord toNewRecord(long nowMillis) {
    return new NewRecord(
        timestampMillis == null ? nowMillis : timestampMillis, key, value, headers);
  }
}
