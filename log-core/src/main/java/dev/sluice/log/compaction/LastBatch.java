package dev.sluice.log.compaction;

/**
 * The last that a producer has written.
 *
 * @param lastDataOffset the last offset of its last batch of data, or -1 if only markers are known
 * @param producerEpoch its epoch
 */
public record LastBatch(long lastDataOffset, short producerEpoch) {}
