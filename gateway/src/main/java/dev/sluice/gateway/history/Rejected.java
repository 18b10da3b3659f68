package dev.sluice.gateway.history;

/**
 * What a connector has set aside in the last quarter of an hour.
 *
 * @param records how many
 * @param sinceMillis when the first of them was seen, in milliseconds since the epoch
 */
public record Rejected(long records, long sinceMillis) {}
