package dev.sluice.gateway.log;

import dev.sluice.connector.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to append.
 *
 * @param timestampMillis milliseconds since the epoch
 * @param key the key, or null
 * @param value the value; null is a tombstone
 * @param headers headers, in order
 */
public record NewRecord(
    long timestampMillis, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {}
