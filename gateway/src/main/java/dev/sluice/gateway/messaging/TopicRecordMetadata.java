package dev.sluice.gateway.messaging;

import dev.sluice.gateway.log.StoredRecord;

/**
 * Metadata of an incoming message: the record it was made of.
 *
 * @param record topic, partition, offset, timestamp, key and headers
 */
public record TopicRecordMetadata(StoredRecord record) {}
