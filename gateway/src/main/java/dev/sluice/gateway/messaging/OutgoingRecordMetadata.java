package dev.sluice.gateway.messaging;

import dev.sluice.connector.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that an outgoing message may carry.
 *
 * @param key the record's key; records of one key go to one partition and keep their order
 * @param headers the record's headers
 */
public record OutgoingRecordMetadata(byte @Nullable [] key, List<Header> headers) {}
