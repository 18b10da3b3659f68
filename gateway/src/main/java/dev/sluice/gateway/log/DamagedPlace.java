package dev.sluice.gateway.log;

/**
 * A place on disk that can't be read back.
 *
 * @param topic whose records were there
 * @param problem what is wrong, where, and what to do
 */
public record DamagedPlace(String topic, String problem) {}
