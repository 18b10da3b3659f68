package dev.sluice.log.partition;

/**
 * Where an append went.
 *
 * @param baseOffset the offset of its first record
 * @param lastOffset the offset of its last record
 */
public record AppendResult(long baseOffset, long lastOffset) {}
