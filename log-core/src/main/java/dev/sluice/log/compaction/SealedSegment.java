package dev.sluice.log.compaction;

import dev.sluice.log.segment.LogSegment;

/**
 * A segment that can be compacted.
 *
 * @param segment sealed, so that nobody writes to it
 * @param summary of it
 */
public record SealedSegment(LogSegment segment, SegmentSummary summary) {}
