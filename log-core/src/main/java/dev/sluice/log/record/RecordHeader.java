package dev.sluice.log.record;

import org.jspecify.annotations.Nullable;

/**
 * A header of a record.
 *
 * @param key its name; several headers may share one
 * @param value its bytes, not copied, or null
 */
public record RecordHeader(String key, byte @Nullable [] value) {}
