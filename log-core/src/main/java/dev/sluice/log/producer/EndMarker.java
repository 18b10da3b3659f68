package dev.sluice.log.producer;

/**
 * What a control batch says of its producer's transaction: it is over.
 *
 * @param isAborted true for ABORT, false for COMMIT
 * @param coordinatorEpoch of the transaction coordinator that wrote it; grows with each change of
 *     coordinator
 */
public record EndMarker(boolean isAborted, int coordinatorEpoch) {}
